//! What gives a future says what is lost when that future is dropped half-way: a section `# Cancel safety`.
//!
//! It is asked of every public function that returns a future, of every public type that is one, and of every associated
//! type that is bound to be one.

use super::public::{self, Kind};
use super::{Finding, Tree};

const SECTION: &str = "Cancel safety";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, files) in tree.published() {
        for item in public::items(&files) {
            let what = match item.kind {
                Kind::Function { future: true } | Kind::Method { future: true } => "returns a future",
                Kind::Type { future: true } | Kind::AssociatedType { future: true } => "is a future",
                _ => continue,
            };
            if !item.docs.has_section(SECTION) {
                let says = format!(
                    "`{}` {what}: add `/// # {SECTION}`, what is lost when the future is dropped half-way",
                    item.name
                );
                findings.push(Finding::new(&item.path, item.line, says));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<usize> {
        check(&Tree::of(&[("a/src/lib.rs", source)])).into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn an_async_function_without_the_section_is_found() {
        assert_eq!(found("/// Reads.\npub async fn read() {}\n"), [2]);
        assert_eq!(
            found("/// Reads.\n///\n/// # Cancel safety\n///\n/// Nothing.\npub async fn read() {}\n"),
            [0_usize; 0]
        );
        assert_eq!(found("async fn read() {}\npub(crate) async fn write() {}\n"), [0_usize; 0]);
    }

    #[test]
    fn a_function_that_returns_a_future_in_any_form_is_found() {
        assert_eq!(found("pub fn read() -> impl Future<Output = u8> + Send {}\n"), [1]);
        assert_eq!(found("pub fn read() -> Pin<Box<dyn Future<Output = u8>>> {}\n"), [1]);
        assert_eq!(found("pub fn read() -> impl Fn() -> u8 {}\n"), [0_usize; 0]);
        assert_eq!(found("struct Read;\nimpl Future for Read {}\npub fn read() -> Read {}\n"), [3]);
    }

    #[test]
    fn a_public_type_that_is_a_future_is_found_and_its_builders_are_not() {
        let source =
            "pub struct Read;\nimpl<'a> core::future::Future for Read {}\nimpl Read { pub fn fast(self) -> Self {} }\n";
        assert_eq!(found(source), [1]);
    }

    #[test]
    fn a_future_in_a_pin_project_is_found() {
        let source = "pin_project! {\n    pub struct Read { #[pin] inner: u8 }\n}\nimpl Future for Read {}\n";
        assert_eq!(found(source), [2]);
    }

    #[test]
    fn methods_and_associated_types_of_public_traits_are_found() {
        let source = "pub trait Clock {\n    type Sleep: Future<Output = ()>;\n    fn sleep(&self) -> Self::Sleep;\n    fn now(&self) -> u64;\n    async fn tick();\n}\n";
        assert_eq!(found(source), [2, 3, 5]);
        assert_eq!(found(&source.replace("pub ", "")), [0_usize; 0]);
    }

    #[test]
    fn tests_and_hidden_items_are_left_alone() {
        assert_eq!(
            found("#[cfg(test)]\nmod tests { pub async fn read() {} }\n#[doc(hidden)]\npub async fn read() {}\n"),
            [0_usize; 0]
        );
    }
}
