//! [`Storages`]: the places that embassy keeps tasks in, used again and again.
//!
//! Embassy points to a task's place as long as the program runs, since a waker may. So places are never freed: there are as many
//! as there have been tasks at once. What a task does is in a box, so a place is small, and fits for any task.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use critical_section::Mutex;
use embassy_executor::SpawnToken;
use embassy_executor::raw::{AvailableTask, TaskStorage};

/// Places for futures of this type.
pub(super) struct Storages<F: Future + Unpin + 'static> {
    free: Mutex<RefCell<Vec<&'static TaskStorage<Kept<F>>>>>,
}

/// A place, and the right to use it.
type Place<F> = (&'static TaskStorage<Kept<F>>, AvailableTask<Kept<F>>);

/// A future that says where it was kept when it has ended.
pub(super) struct Kept<F: Future + Unpin + 'static> {
    future: F,
    storages: &'static Storages<F>,
    storage: &'static TaskStorage<Self>,
}

impl<F: Future + Unpin + 'static> Storages<F> {
    pub(super) const fn new() -> Self {
        Self { free: Mutex::new(RefCell::new(Vec::new())) }
    }

    /// Puts a future into a place, from which the spawner of an executor starts it.
    pub(super) fn keep(&'static self, future: F) -> SpawnToken<Kept<F>> {
        let (storage, place) = self.take().unwrap_or_else(|| {
            loop {
                let storage = &*Box::leak(Box::new(TaskStorage::new()));
                if let Some(place) = AvailableTask::claim(storage) {
                    return (storage, place);
                }
            }
        });
        place.initialize(|| Kept { future, storages: self, storage })
    }

    /// A free place, the last that became free if possible. That of a task which has just ended, or was woken once more since, is
    /// busy until its executor has seen it.
    fn take(&self) -> Option<Place<F>> {
        critical_section::with(|token| {
            let mut free = self.free.borrow_ref_mut(token);
            let mut places = free.iter().enumerate().rev();
            let (number, place) =
                places.find_map(|(number, &storage)| Some((number, AvailableTask::claim(storage)?)))?;
            Some((free.swap_remove(number), place))
        })
    }

    fn give(&self, storage: &'static TaskStorage<Kept<F>>) {
        critical_section::with(|token| self.free.borrow_ref_mut(token).push(storage));
    }
}

impl<F: Future + Unpin + 'static> Future for Kept<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let output = ready!(Pin::new(&mut self.future).poll(cx));
        self.storages.give(self.storage);
        Poll::Ready(output)
    }
}
