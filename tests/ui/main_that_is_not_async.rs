//! What is not async needs no runtime.
#[onpar::main(local)]
fn main() {}
