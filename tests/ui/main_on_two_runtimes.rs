//! A program has one entry.
#[onpar::main(local, tokio)]
async fn main() {}
