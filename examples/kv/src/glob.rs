//! [`matches`]: patterns with `*`, `?`, `[a-z]`, `[^a-z]` and `\`, as `KEYS` takes them.

/// Whether the pattern fits the whole name.
///
/// Goes back to the last star only, since what an earlier one could reach the last one can reach too: so it takes at most the
/// product of both lengths.
pub(crate) fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut pattern, mut name) = (pattern, name);
    // What stands behind the last star, and the rest of the name that it may begin with.
    let mut star = None;
    loop {
        if let [b'*', after @ ..] = pattern {
            star = Some((after, name));
            pattern = after;
            continue;
        }
        let Some((byte, rest)) = name.split_first() else { return pattern.is_empty() };
        if let Some(after) = one(pattern, *byte) {
            (pattern, name) = (after, rest);
            continue;
        }
        let Some((after, [_, rest @ ..])) = star else { return false };
        star = Some((after, rest));
        (pattern, name) = (after, rest);
    }
}

/// What is left of the pattern if its beginning stands for this byte.
fn one(pattern: &[u8], byte: u8) -> Option<&[u8]> {
    let (stands_for_it, after) = match pattern {
        [] => return None,
        [b'?', after @ ..] => (true, after),
        [b'[', b'^', class @ ..] => is_in(class, byte, true),
        [b'[', class @ ..] => is_in(class, byte, false),
        [b'\\', escaped, after @ ..] => (*escaped == byte, after),
        [plain, after @ ..] => (*plain == byte, after),
    };
    stands_for_it.then_some(after)
}

/// Whether a byte is in a class, or is not, and what stands behind the class. One that does not end does so with the pattern.
fn is_in(mut class: &[u8], byte: u8, is_not: bool) -> (bool, &[u8]) {
    let mut found = is_not;
    loop {
        let (first, last, after) = match class {
            [] => return (found, class),
            [b']', after @ ..] => return (found, after),
            [b'\\', escaped, after @ ..] => (*escaped, *escaped, after),
            [first, b'-', last, after @ ..] => (*first.min(last), *first.max(last), after),
            [plain, after @ ..] => (*plain, *plain, after),
        };
        if (first..=last).contains(&byte) {
            found = !is_not;
        }
        class = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything_and_question_marks_for_one_byte() {
        let cases = [
            ("*", "", true),
            ("*", "abc", true),
            ("a*c", "abbc", true),
            ("a*c", "abcd", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*b*d", "abxbcd", true),
            ("a**", "a", true),
            (r"\*", "*", true),
            (r"\*", "a", false),
            ("", "", true),
            ("", "a", false),
        ];
        for (pattern, name, fits) in cases {
            assert_eq!(matches(pattern.as_bytes(), name.as_bytes()), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn a_class_stands_for_one_byte_in_it_or_not_in_it() {
        let cases = [
            ("[a-c]", "b", true),
            ("[c-a]", "b", true),
            ("[a-c]", "d", false),
            ("[^a-c]x", "dx", true),
            ("[^a-c]x", "ax", false),
            (r"[\]]", "]", true),
            ("[abc", "c", true),
            ("x[", "x", false),
            ("[]", "a", false),
        ];
        for (pattern, name, fits) in cases {
            assert_eq!(matches(pattern.as_bytes(), name.as_bytes()), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_longer_than_one() {
        assert!(!matches("*a".repeat(10_000).as_bytes(), "a".repeat(9_999).as_bytes()));
    }
}
