//! [`WithSend`]: a value of a plain async trait, and the proof that its futures are `Send`.

use core::marker::PhantomData;

use crate::wrapped::Wraps;

/// A value whose methods have been proved to return `Send` futures: it implements the `Send` sibling of the trait.
///
/// The macro that is named like the trait makes it: `Service!(value)`; `Service!(&value)` and `Service!(&mut value)` make a
/// reference to one. If the type implements a generic trait several times, name the one that is meant:
/// `Service!(value, as Service<Request>)`.
///
/// It takes as much memory as the value, and calling it is calling the value. So that each name behind a dot is a method of the
/// trait, it has none of its own: it is `WithSend::get(&value)`.
///
/// If the trait has a supertrait of your own, `WithSend` has to implement it too, which takes one `impl` that forwards to
/// [`get`](Self::get). The supertraits that std has and that make sense for a wrapper are forwarded already.
///
/// # Examples
///
/// ```ignore
/// #[onpar::trait_variant(send = SendService)]
/// pub trait Service {
///     async fn call(&self, request: u32) -> u32;
/// }
///
/// fn serve(service: impl SendService) { /* .. */ }
///
/// serve(Service!(SomebodyElses::new())); // it implements `Service`, and knows nothing of `SendService`
/// ```
#[derive(Clone, Copy)]
#[repr(C)] // `value` first, and nothing behind it: `wrapped` relies on it
pub struct WithSend<S, P> {
    pub(crate) value: S,
    proof: P,
}

impl<S, P> WithSend<S, P> {
    /// The value, without the proof.
    pub fn into_inner(this: Self) -> S {
        this.value
    }

    /// The value.
    pub fn get(this: &Self) -> &S {
        &this.value
    }

    /// The value, to be changed.
    pub fn get_mut(this: &mut Self) -> &mut S {
        &mut this.value
    }
}

impl<S, P: Copy> WithSend<S, P> {
    /// The methods that were proved to return `Send` futures, for the code of the attribute.
    #[doc(hidden)]
    #[inline]
    pub fn proof(this: &Self) -> P {
        this.proof
    }
}

/// The methods of a trait for the type `S`, of which it has been proved that they return `Send` futures.
///
/// The function that is named like the trait checks and makes it, and the macro of that name calls it.
#[doc(hidden)]
#[must_use = "a proof that is about no value does nothing"]
#[derive(Debug)]
pub struct Proof<S, P> {
    methods: P,
    of: PhantomData<fn() -> S>,
}

impl<S, P> Proof<S, P> {
    /// What the methods are was checked by whoever calls this, and is checked again when one of them is called.
    #[inline]
    pub fn new(methods: P) -> Self {
        Self { methods, of: PhantomData }
    }

    /// The value with the proof.
    #[inline]
    pub fn with(self, value: S) -> WithSend<S, P> {
        WithSend { value, proof: self.methods }
    }
}

impl<S, P: Copy> Proof<S, P> {
    /// The same for a value behind a reference.
    #[inline]
    pub fn with_ref(self, value: &S) -> &WithSend<S, P> {
        Wraps::wrap_ref(value, self.methods)
    }

    /// The same for one that may be changed.
    #[inline]
    pub fn with_mut(self, value: &mut S) -> &mut WithSend<S, P> {
        Wraps::wrap_mut(value, self.methods)
    }
}
