//! [`Wasm`]: the event loop of JavaScript, as a value.

use core::pin::Pin;

use onpar_core::{Clock, Instant, SpawnLocal};

use super::{Sleep, Task, js, task};

/// The event loop of JavaScript, as a value: starts tasks on its thread, and tells the time.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_core::SpawnLocal;
/// use onpar_rt::wasm_bindgen_0_2::Wasm;
///
/// async fn length() -> usize {
///     let words = Rc::new("not Send");
///     Wasm.spawn_local(async move { words.len() }).await.unwrap()
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "there is one such loop, and its value is written down")]
pub struct Wasm;

/// A panic of a task ends the program, since this target has no way to catch it.
impl SpawnLocal for Wasm {
    type LocalTask<T: 'static> = Task<T>;

    fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        let (task, run) = task::pair(future);
        wasm_bindgen_futures::spawn_local(run);
        task
    }
}

impl Clock for Wasm {
    type Sleep = Sleep;

    fn now(&self) -> Instant {
        js::now()
    }

    fn sleep_until(&self, deadline: Instant) -> Sleep {
        Sleep::new(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Sleep>, deadline: Instant) {
        sleep.get_mut().reset(deadline);
    }
}
