//! The runtime is the one argument that there is.
#[onpar::main(local)]
async fn main(rt: Rt, arguments: Vec<String>) {
    let _ = (rt, arguments);
}
