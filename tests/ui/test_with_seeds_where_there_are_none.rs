//! Seeds are for the simulation.
#[onpar::test(local(seeds = 0..3))]
async fn test() {}

fn main() {}
