//! [`Example`]: a block of code in the documentation that is run.

/// A block of code in the documentation.
pub(crate) struct Example {
    /// The file and the line where it begins.
    pub(crate) place: String,
    /// Whether it is to panic.
    pub(crate) panics: bool,
    /// As a program, with the lines that the documentation hides.
    text: String,
}

/// What stands in the examples for "any executor".
const ANY_EXECUTOR: &str = "pollster::block_on(";
/// What the tests put there.
const OURS: &str = "crate::executor::block_on(";

/// A program has one, and this is the tests'.
const ALLOCATOR: &str = "#[global_allocator]";

/// The examples of a file, but for those that are not run.
pub(crate) fn of(path: &str, text: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut block: Option<(Example, bool)> = None;
    for (number, line) in text.lines().enumerate() {
        let Some(doc) = documentation(line) else {
            // Written by a macro: only the compiler knows what.
            if let Some((_, runs)) = &mut block {
                *runs &= !line.contains("concat!(");
            }
            continue;
        };
        match (fence(doc), block.take()) {
            (Some(_), Some((example, true))) => found.push(example),
            (Some(words), None) => {
                let panics = words.contains("should_panic");
                let runs = panics || ["", "rust"].contains(&words);
                let place = format!("{path}:{}", number + 1);
                block = Some((Example { place, panics, text: String::new() }, runs));
            }
            (None, Some((mut example, runs))) => {
                example.text.push_str(shown_and_hidden(doc));
                example.text.push('\n');
                block = Some((example, runs));
            }
            (Some(_), Some((_, false))) | (None, None) => {}
        }
    }
    found
}

/// The text of a line of documentation; also if it depends on a feature, since all of them are on.
fn documentation(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if line.contains("cfg_attr(") {
        let (condition, text) = line.split_once("doc = \"")?;
        return (!condition.contains("not(")).then(|| text.trim_end_matches("\")]"));
    }
    line.strip_prefix("///").or_else(|| line.strip_prefix("//!")).map(|text| text.strip_prefix(' ').unwrap_or(text))
}

/// What stands behind the backquotes that begin or end a block.
fn fence(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("```").map(str::trim)
}

fn shown_and_hidden(line: &str) -> &str {
    let code = line.trim_start();
    match code.strip_prefix('#') {
        Some("") => "",
        Some(hidden) if hidden.starts_with(' ') => hidden,
        _ if code.starts_with("#![") || code == ALLOCATOR => "",
        _ => line,
    }
}

impl Example {
    /// The file that it stands in.
    pub(crate) fn file(&self) -> &str {
        self.place.rsplit_once(':').map_or(&self.place, |(file, _)| file)
    }

    /// Whether it calls a function of this name.
    pub(crate) fn calls(&self, name: &str) -> bool {
        self.after(name).any(|rest| rest.starts_with('(') || rest.starts_with("::<") || rest.starts_with('!'))
    }

    /// Whether this name stands in it.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.after(name).any(|rest| !rest.starts_with(is_of_a_name))
    }

    /// What follows the name, wherever it begins a word.
    fn after<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.text.match_indices(name);
        let begins = found.filter(|(at, _)| !self.text[..*at].ends_with(is_of_a_name));
        begins.map(move |(at, _)| &self.text[at + name.len()..])
    }

    /// The items of a module whose `run` runs it.
    pub(crate) fn code(&self) -> String {
        let text = self.text.replace(ANY_EXECUTOR, OURS);
        if text.contains("fn main() ") {
            format!("{text}pub(super) fn run() {{ super::ended(main()); }}\n")
        } else if text.trim_end().ends_with("(())") {
            format!(
                "fn main() -> Result<(), impl core::fmt::Debug> {{\n{text}}}\npub(super) fn run() {{ super::ended(main()); }}\n"
            )
        } else {
            format!("pub(super) fn run() {{\n{text}}}\n")
        }
    }
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
