//! A simulation is for tests.
#[onpar::main(sim)]
async fn main() {}
