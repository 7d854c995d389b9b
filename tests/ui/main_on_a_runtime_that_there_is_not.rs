//! There is no such runtime: the message names those that there are.
#[onpar::main(async_std)]
async fn main() {}
