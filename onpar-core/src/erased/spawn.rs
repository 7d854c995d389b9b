//! [`ErasedSpawn`] and [`ErasedSpawnLocal`]: spawners without their type.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use core::any::Any;
use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::BoxFuture;
use crate::{JoinError, Spawn, SpawnLocal};

/// An output without its type.
pub(super) type Output = Box<dyn Any + Send>;

/// A [`Spawn`] without its type. Every spawner has it that may move between threads.
///
/// `&dyn ErasedSpawn` and `Arc<dyn ErasedSpawn>` are spawners. Each task costs three allocations more.
///
/// # Examples
///
/// ```
/// use onpar_core::{ErasedSpawn, Spawn};
///
/// async fn two(spawner: &dyn ErasedSpawn) -> u32 {
///     spawner.spawn(async { 2 }).await.unwrap_or(0)
/// }
/// ```
pub trait ErasedSpawn: Send + Sync {
    /// [`Spawn::spawn`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle detaches the task, and loses its output.
    #[doc(hidden)]
    fn erased_spawn(&self, future: BoxFuture<Output>) -> BoxFuture<Result<Output, JoinError>>;
}

impl<S> ErasedSpawn for S
where
    S: Spawn<Task<Output>: 'static> + Send + Sync,
{
    fn erased_spawn(&self, future: BoxFuture<Output>) -> BoxFuture<Result<Output, JoinError>> {
        Box::pin(self.spawn(future))
    }
}

/// The handle of a task of an [`ErasedSpawn`], or of a call of an [`ErasedBlocking`](super::ErasedBlocking).
///
/// # Cancel safety
///
/// Dropping it detaches the task, and loses its output.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct ErasedTask<T> {
    pub(super) task: BoxFuture<Result<Output, JoinError>>,
    pub(super) output: PhantomData<fn() -> T>,
}

impl<T: Send + 'static> Future for ErasedTask<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let output = ready!(self.task.as_mut().poll(cx))?;
        // It is of no other type: the future that gave it was made beside this handle.
        Poll::Ready(output.downcast().map(|output| *output).map_err(|_| JoinError::dropped()))
    }
}

impl<T> fmt::Debug for ErasedTask<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedTask").finish_non_exhaustive()
    }
}

macro_rules! spawn_behind {
    ($Pointer:ty) => {
        impl Spawn for $Pointer {
            type Task<T: Send + 'static> = ErasedTask<T>;

            fn spawn<F>(&self, future: F) -> ErasedTask<F::Output>
            where
                F: Future<Output: Send + 'static> + Send + 'static,
            {
                let task = (**self).erased_spawn(Box::pin(async move { Box::new(future.await) as Output }));
                ErasedTask { task, output: PhantomData }
            }
        }
    };
}

spawn_behind!(&(dyn ErasedSpawn + '_));
spawn_behind!(Arc<dyn ErasedSpawn + '_>);

type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// A [`SpawnLocal`] without its type. Every spawner of local tasks has it.
///
/// `&dyn ErasedSpawnLocal` and `Rc<dyn ErasedSpawnLocal>` are spawners. Each task costs three allocations more.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_core::{ErasedSpawnLocal, SpawnLocal};
///
/// async fn words(spawner: Rc<dyn ErasedSpawnLocal>) -> Rc<str> {
///     spawner.spawn_local(async { Rc::from("not Send") }).await.unwrap()
/// }
/// ```
pub trait ErasedSpawnLocal {
    /// [`SpawnLocal::spawn_local`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle detaches the task, and loses its output.
    #[doc(hidden)]
    fn erased_spawn_local(&self, future: LocalFuture<Box<dyn Any>>) -> LocalFuture<Result<Box<dyn Any>, JoinError>>;
}

impl<S> ErasedSpawnLocal for S
where
    S: SpawnLocal<LocalTask<Box<dyn Any>>: 'static>,
{
    fn erased_spawn_local(&self, future: LocalFuture<Box<dyn Any>>) -> LocalFuture<Result<Box<dyn Any>, JoinError>> {
        Box::pin(self.spawn_local(future))
    }
}

/// The handle of a task of an [`ErasedSpawnLocal`].
///
/// # Cancel safety
///
/// Dropping it detaches the task, and loses its output.
#[must_use = "futures do nothing unless you `.await` or poll them; `drop` the handle to detach the task"]
pub struct ErasedLocalTask<T> {
    task: LocalFuture<Result<Box<dyn Any>, JoinError>>,
    output: PhantomData<fn() -> T>,
}

impl<T: 'static> Future for ErasedLocalTask<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let output = ready!(self.task.as_mut().poll(cx))?;
        Poll::Ready(output.downcast().map(|output| *output).map_err(|_| JoinError::dropped()))
    }
}

impl<T> fmt::Debug for ErasedLocalTask<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedLocalTask").finish_non_exhaustive()
    }
}

macro_rules! spawn_local_behind {
    ($Pointer:ty) => {
        impl SpawnLocal for $Pointer {
            type LocalTask<T: 'static> = ErasedLocalTask<T>;

            fn spawn_local<F>(&self, future: F) -> ErasedLocalTask<F::Output>
            where
                F: Future<Output: 'static> + 'static,
            {
                let task = (**self).erased_spawn_local(Box::pin(async move { Box::new(future.await) as Box<dyn Any> }));
                ErasedLocalTask { task, output: PhantomData }
            }
        }
    };
}

spawn_local_behind!(&(dyn ErasedSpawnLocal + '_));
spawn_local_behind!(Rc<dyn ErasedSpawnLocal + '_>);
