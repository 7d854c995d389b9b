//! [`Method`] and its kin: what the method of a trait returns for one concrete type, with a name.
//!
//! Rust has no name for the future of `S::call`, so generic code cannot say that it is `Send`. The function item
//! `S::call` has a type, though, and functions that are passed as values may be bounded: by what they return. So a
//! constructor is given the methods of the trait as values, and proves of each what it has to. All of them are of size zero.
//!
//! ```
//! use onpar_traits::generated::{AsyncMethod, IterMethod, Method, StreamMethod};
//!
//! struct Service;
//!
//! impl Service {
//!     async fn call(&self, request: &str) -> usize {
//!         request.len()
//!     }
//!     fn numbers(&self) -> impl Iterator<Item = u8> {
//!         0..3
//!     }
//!     fn more(&self) -> impl futures_core::Stream<Item = u8> {
//! #       struct Nothing;
//! #       impl futures_core::Stream for Nothing {
//! #           type Item = u8;
//! #           fn poll_next(self: core::pin::Pin<&mut Self>, _: &mut core::task::Context<'_>) -> core::task::Poll<Option<u8>> {
//! #               core::task::Poll::Ready(None)
//! #           }
//! #       }
//! #       Nothing
//! #       /*
//!         ..
//! #       */
//!     }
//! }
//!
//! /// What is called, and what it returns, is proved to be `Send` here, for every lifetime.
//! fn proved<C, N, M>(call: C, _numbers: N, _more: M) -> C
//! where
//!     C: for<'a, 'b> AsyncMethod<(&'a Service, &'b str), Out = usize, Future: Send>,
//!     N: for<'a> IterMethod<(&'a Service,), Item = u8, Iter: Send>,
//!     M: for<'a> StreamMethod<(&'a Service,), Item = u8, Stream: Send>,
//! {
//!     call
//! }
//!
//! let call = proved(Service::call, Service::numbers, Service::more);
//! assert_eq!(pollster::block_on(call.invoke((&Service, "abc"))), 3);
//! ```
//!
//! There is a trait for each kind of result that is proved, because a bound like `for<'a> <M as Method<(&'a S,)>>::Output:
//! Future<Output = &'a str>` is not allowed, while `for<'a> M: AsyncMethod<(&'a S,), Out = &'a str>` is.

use futures_core::Stream;

use crate::SendFuture;

/// A function of these arguments: a method whose `self` is the first.
pub trait Method<Args>: Copy {
    /// What it returns.
    type Output;

    /// Calls it.
    fn invoke(self, args: Args) -> Self::Output;
}

/// One that returns a future.
pub trait AsyncMethod<Args>: Method<Args, Output = Self::Future> {
    /// The future.
    ///
    /// # Cancel safety
    ///
    /// That of the method.
    type Future: Future<Output = Self::Out>;
    /// The output of the future.
    type Out;
}

impl<M, Args, F> AsyncMethod<Args> for M
where
    M: Method<Args, Output = F>,
    F: Future,
{
    type Future = F;
    type Out = F::Output;
}

/// One that returns a future that is `Send`, of this output.
///
/// It says what an [`AsyncMethod`] with bounds says, in words that the compiler is done with sooner: one bound, behind which there
/// are no other methods, and one function. The constructor asks for the bounds, since errors show them, and so whoever has its proof has this.
///
/// # Examples
///
/// ```
/// use onpar_traits::generated::SendMethod;
///
/// async fn length(of: &str) -> usize {
///     of.len()
/// }
///
/// fn spawned<M: for<'a> SendMethod<(&'a str,), usize>>(method: M) -> usize {
///     pollster::block_on(method.invoke(("abc",)))
/// }
///
/// assert_eq!(spawned(length), 3);
/// ```
pub trait SendMethod<Args, Out>: Copy {
    /// The future.
    ///
    /// # Cancel safety
    ///
    /// That of the method.
    type Future: Future<Output = Out> + Send;

    /// Calls it.
    ///
    /// # Cancel safety
    ///
    /// That of the method.
    fn invoke(self, args: Args) -> SendFuture<Self::Future>;
}

/// One that returns an iterator.
pub trait IterMethod<Args>: Method<Args, Output = Self::Iter> {
    /// The iterator.
    type Iter: Iterator<Item = Self::Item>;
    /// What it iterates over.
    type Item;
}

impl<M, Args, I> IterMethod<Args> for M
where
    M: Method<Args, Output = I>,
    I: Iterator,
{
    type Iter = I;
    type Item = I::Item;
}

/// One that returns a stream.
pub trait StreamMethod<Args>: Method<Args, Output = Self::Stream> {
    /// The stream.
    type Stream: Stream<Item = Self::Item>;
    /// What it gives.
    type Item;
}

impl<M, Args, T> StreamMethod<Args> for M
where
    M: Method<Args, Output = T>,
    T: Stream,
{
    type Stream = T;
    type Item = T::Item;
}

macro_rules! methods {
    ($($arg:ident)*) => {
        impl<M, R, $($arg),*> Method<($($arg,)*)> for M
        where
            M: Fn($($arg),*) -> R + Copy,
        {
            type Output = R;

            #[inline]
            #[expect(non_snake_case, reason = "the arguments are called like their types")]
            fn invoke(self, ($($arg,)*): ($($arg,)*)) -> R {
                self($($arg),*)
            }
        }

        impl<M, Fut, $($arg),*> SendMethod<($($arg,)*), Fut::Output> for M
        where
            M: Fn($($arg),*) -> Fut + Copy,
            Fut: Future + Send,
        {
            type Future = Fut;

            #[inline]
            #[expect(non_snake_case, reason = "the arguments are called like their types")]
            fn invoke(self, ($($arg,)*): ($($arg,)*)) -> SendFuture<Fut> {
                SendFuture(self($($arg),*))
            }
        }
    };
}

impl<M, R> Method<()> for M
where
    M: Fn() -> R + Copy,
{
    type Output = R;

    #[inline]
    fn invoke(self, (): ()) -> R {
        self()
    }
}

methods!(A);
methods!(A B);
methods!(A B C);
methods!(A B C D);
methods!(A B C D E);
methods!(A B C D E F);
methods!(A B C D E F G);
methods!(A B C D E F G H);
methods!(A B C D E F G H I);
methods!(A B C D E F G H I J);
methods!(A B C D E F G H I J K);
methods!(A B C D E F G H I J K L);
