//! The runtime is not named.
#[onpar::main]
async fn main() {}
