//! [`Function`]: a public function or method, and whether an example calls it.

use std::collections::HashMap;

use crate::examples::Example;

/// Traits that users meet as a bound: each adaptor calls them, and nobody else.
const BOUNDS: [&str; 4] = ["Answer", "Call", "Shared", "Step"];

/// A public function or method.
pub(crate) struct Function {
    /// The file and the line where it stands.
    pub(crate) place: String,
    /// Its type or trait; empty for a function.
    pub(crate) owner: String,
    pub(crate) name: String,
    /// Whether an example calls it.
    pub(crate) shown: bool,
}

/// The public functions of a file, and the methods of public traits. The compiler warns of a `pub` that nobody outside can reach,
/// and CI denies warnings: so what is `pub` in the source is public.
pub(crate) fn of(path: &str, text: &str) -> Vec<Function> {
    let (mut owner, mut in_trait, mut hidden) = (String::new(), false, false);
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if line.starts_with("mod tests {") || line.starts_with("mod loom_tests {") {
            break;
        }
        if line.starts_with('}') {
            (owner, in_trait) = (String::new(), false);
        } else if let Some(rest) = line.strip_prefix("pub trait ") {
            let nobodys = hidden || line.contains("Sealed") || BOUNDS.contains(&word(rest));
            (owner, in_trait) = (word(rest).to_owned(), !nobodys);
        } else if let Some(rest) = code.strip_prefix("impl")
            && !in_trait
            && rest.starts_with([' ', '<'])
        {
            owner = of_impl(rest);
        }
        if let Some(name) = name(code, in_trait)
            && !hidden
        {
            let place = format!("{path}:{}", number + 1);
            found.push(Function { place, owner: owner.clone(), name: name.to_owned(), shown: false });
        }
        hidden = code == "#[doc(hidden)]" || hidden && code.starts_with(['#', '/']);
    }
    found
}

/// The name of the function that the line begins, if it is public.
fn name(line: &str, in_trait: bool) -> Option<&str> {
    let mut rest = match line.strip_prefix("pub ") {
        Some(rest) => rest,
        None if in_trait => line,
        None => return None,
    };
    for before in ["const ", "unsafe ", "async "] {
        rest = rest.strip_prefix(before).unwrap_or(rest);
    }
    Some(word(rest.strip_prefix("fn ")?)).filter(|name| !name.is_empty())
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The type of an `impl`, of which what stands behind the parameters is given.
fn of_impl(rest: &str) -> String {
    let mut depth = 0_u32;
    let mut before = ' ';
    let end = rest.char_indices().find(|&(_, c)| {
        match c {
            '<' => depth += 1,
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = c;
        c == ' ' && depth == 0
    });
    let of = end.map_or("", |(at, _)| &rest[at..]);
    let of = of.split_once(" for ").map_or(of, |(_, of)| of);
    word(of.trim_start().trim_start_matches('&').trim_start_matches('$')).to_owned()
}

/// Marks those that an example of their crate calls. Where several types have a function of a name, an example of the same file
/// counts, and one that names the type.
pub(crate) fn shown(mut functions: Vec<Function>, examples: &[Example]) -> Vec<Function> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for function in &functions {
        *owners.entry(function.name.clone()).or_default() += 1;
    }
    for function in &mut functions {
        let Function { place, owner, name, .. } = function;
        let of_several = owners[name] > 1 && !owner.is_empty();
        let file = place.rsplit_once(':').map_or("", |(file, _)| file);
        function.shown = examples
            .iter()
            .any(|example| example.calls(name) && (!of_several || example.file() == file || example.names(owner)));
    }
    functions
}
