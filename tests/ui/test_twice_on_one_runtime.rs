//! Once is enough.
#[onpar::test(local, local)]
async fn test() {}

fn main() {}
