//! How often properties are tried.

use proptest::test_runner::Config;

/// Tries a property on `usual` inputs, or on as many as the variable `PROPTEST_CASES` says: few where each takes long, as
/// under a sanitizer, or very many.
#[must_use]
pub fn cases(usual: u32) -> Config {
    let set = Config::default(); // it reads the variable
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { usual };
    Config { cases, failure_persistence: None, ..set }
}
