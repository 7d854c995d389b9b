//! The server as a program. Beside it stand others that differ in the line that names the runtime.
#![forbid(unsafe_code)]

fn main() -> anyhow::Result<()> {
    onpar::rt::tokio_1::run_current_thread(onpar_kv::run)
}
