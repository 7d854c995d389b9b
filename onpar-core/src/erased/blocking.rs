//! [`ErasedBlocking`]: threads for calls that block, without their type.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::marker::PhantomData;

use super::BoxFuture;
use super::spawn::{ErasedTask, Output};
use crate::{Blocking, JoinError};

/// A [`Blocking`] without its type. Every one has it that may move between threads.
///
/// `&dyn ErasedBlocking` and `Arc<dyn ErasedBlocking>` are `Blocking`. Each call costs three allocations more.
///
/// # Examples
///
/// ```
/// use onpar_core::{Blocking, ErasedBlocking};
///
/// async fn hostname(threads: &dyn ErasedBlocking) -> Option<String> {
///     threads.spawn_blocking(|| std::fs::read_to_string("/etc/hostname").ok()).await.ok().flatten()
/// }
/// ```
pub trait ErasedBlocking: Send + Sync {
    /// [`Blocking::spawn_blocking`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle detaches the call, and loses its value.
    #[doc(hidden)]
    fn erased_spawn_blocking(&self, call: Box<dyn FnOnce() -> Output + Send>) -> BoxFuture<Result<Output, JoinError>>;
}

impl<B> ErasedBlocking for B
where
    B: Blocking<Call<Output>: 'static> + Send + Sync,
{
    fn erased_spawn_blocking(&self, call: Box<dyn FnOnce() -> Output + Send>) -> BoxFuture<Result<Output, JoinError>> {
        Box::pin(self.spawn_blocking(call))
    }
}

macro_rules! blocking_behind {
    ($Pointer:ty) => {
        impl Blocking for $Pointer {
            type Call<T: Send + 'static> = ErasedTask<T>;

            fn spawn_blocking<F, T>(&self, call: F) -> ErasedTask<T>
            where
                F: FnOnce() -> T + Send + 'static,
                T: Send + 'static,
            {
                let task = (**self).erased_spawn_blocking(Box::new(|| Box::new(call()) as Output));
                ErasedTask { task, output: PhantomData }
            }
        }
    };
}

blocking_behind!(&(dyn ErasedBlocking + '_));
blocking_behind!(Arc<dyn ErasedBlocking + '_>);
