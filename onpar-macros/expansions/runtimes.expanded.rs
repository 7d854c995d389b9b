//! What becomes of `runtimes.rs`.

fn main() {
    #[allow(dead_code)]
    type Rt = ::onpar::rt::local::Local;
    ::onpar::rt::local::run(async |rt: Rt| {
        rt.sleep(SHORT).await;
    })
}

mod a_timeout_comes_in_time {
    #[allow(unused_imports)]
    use super::*;
    #[::core::prelude::v1::test]
    fn tokio() {
        #[allow(dead_code)]
        type Rt = ::onpar::rt::tokio_1::Tokio;
        ::onpar::rt::tokio_1::run_current_thread(async |rt: Rt| {
            assert!(timeout(& rt, SHORT, rt.sleep(LONG)). await .is_err());
        })
    }
    #[::core::prelude::v1::test]
    fn sim() {
        #[allow(dead_code)]
        type Rt = ::onpar::test::Rt;
        ::onpar::test::Sim::check(
            0..100,
            async |rt: Rt| {
                assert!(timeout(& rt, SHORT, rt.sleep(LONG)). await .is_err());
            },
        );
    }
}
