//! Calls that block, beside the local executor: on the pool of threads of the crate `blocking`.

use onpar_core::Blocking;

use super::{Local, LocalClock};
use crate::unblock::Call;

macro_rules! blocking {
    ($Handle:ty) => {
        impl Blocking for $Handle {
            type Call<T: Send + 'static> = Call<T>;

            fn spawn_blocking<F, T>(&self, call: F) -> Call<T>
            where
                F: FnOnce() -> T + Send + 'static,
                T: Send + 'static,
            {
                Call::new(call)
            }
        }
    };
}

blocking!(Local);
blocking!(LocalClock);
