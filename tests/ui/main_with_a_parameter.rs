//! Nobody could say what the parameter is.
#[onpar::main(local)]
async fn main<T>() {}
