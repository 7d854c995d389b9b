//! The type of the runtime is a name, not a type that one would have to change with the runtime.
#[onpar::main(local)]
async fn main(rt: &onpar::rt::local::Local) {
    let _ = rt;
}
