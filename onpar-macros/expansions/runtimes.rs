//! A program and tests on the runtimes that they name.

#[onpar::main(local)]
async fn main(rt: Rt) {
    rt.sleep(SHORT).await;
}

#[onpar::test(tokio, sim(seeds = 0..100))]
async fn a_timeout_comes_in_time(rt: Rt) {
    assert!(timeout(&rt, SHORT, rt.sleep(LONG)).await.is_err());
}
