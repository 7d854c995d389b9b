//! The runtimes are not named.
#[onpar::test]
async fn test() {}

fn main() {}
