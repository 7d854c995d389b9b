//! The attribute means what it says where nothing else does: no prelude, and every name that it could use is taken.
#![no_implicit_prelude]

use ::onpar::trait_variant;

/// Names that mean nothing of what they usually do.
#[expect(dead_code, non_camel_case_types, reason = "they are there to be in the way")]
mod taken {
    pub(super) struct Send;
    pub(super) struct Sync;
    pub(super) struct Sized;
    pub(super) struct Unpin;
    pub(super) struct Future;
    pub(super) struct Iterator;
    pub(super) struct Stream;
    pub(super) struct Box;
    pub(super) struct Rc;
    pub(super) struct Arc;
    pub(super) struct Pin;
    pub(super) struct Option;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Result;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct Fn;
    pub(super) struct FnOnce;
    pub(super) struct Clone;
    pub(super) struct Copy;
    pub(super) struct Drop;
    pub(super) struct Deref;
    pub(super) struct Default;
    pub(super) struct PhantomData;
    pub(super) struct SendFuture;
    pub(super) struct WithSend;
    pub(super) struct Local;
    pub(super) struct Call;
    pub(super) struct Method;
    pub(super) struct AsyncMethod;
    pub(super) struct Proof;
    pub(super) struct str;
    pub(super) struct usize;
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod alloc {}
    pub(super) mod onpar {}
    pub(super) mod generated {}
    pub(super) mod diagnostic {}
}

#[expect(unused_imports, reason = "they are there to be in the way")]
use self::taken::*;

#[trait_variant(send = SendTaken, dyn = DynTaken, dyn_send = DynSendTaken, plain_errors)]
pub(crate) trait Taken<T> {
    type Out;

    async fn by_ref(&self, pair: (u8, u8)) -> ::core::result::Result<u8, Self::Out>;
    async fn by_mut(&mut self, of: T) -> u8;
    async fn by_value(self) -> u8;
    async fn boxed(self: ::alloc::boxed::Box<Self>) -> u8;
    async fn default(&self) -> ::core::option::Option<u8> {
        let ::core::result::Result::Ok(first) = self.by_ref((1, 2)).await else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(first)
    }
    fn numbers(&self) -> impl ::core::iter::Iterator<Item = u8>;
    fn name(&self) -> &'static u8;
}

struct Seven;

#[trait_variant(send = SendTaken, where(T: ::core::marker::Send))]
impl<T> Taken<T> for Seven {
    type Out = ();

    async fn by_ref(&self, (first, _): (u8, u8)) -> ::core::result::Result<u8, ()> {
        ::core::result::Result::Ok(first)
    }

    async fn by_mut(&mut self, _: T) -> u8 {
        2
    }

    async fn by_value(self) -> u8 {
        3
    }

    async fn boxed(self: ::alloc::boxed::Box<Self>) -> u8 {
        4
    }

    fn numbers(&self) -> impl ::core::iter::Iterator<Item = u8> {
        ::core::iter::once(5)
    }

    fn name(&self) -> &'static u8 {
        &6
    }
}

/// Implements the plain trait alone.
struct Plain;

impl Taken<u8> for Plain {
    type Out = ();

    async fn by_ref(&self, (first, _): (u8, u8)) -> ::core::result::Result<u8, ()> {
        ::core::result::Result::Ok(first)
    }

    async fn by_mut(&mut self, of: u8) -> u8 {
        of
    }

    async fn by_value(self) -> u8 {
        3
    }

    async fn boxed(self: ::alloc::boxed::Box<Self>) -> u8 {
        4
    }

    fn numbers(&self) -> impl ::core::iter::Iterator<Item = u8> {
        ::core::iter::once(5)
    }

    fn name(&self) -> &'static u8 {
        &6
    }
}

async fn sum(mut it: impl SendTaken<u8, Out = ()> + ::core::marker::Sync) -> u8 {
    let first = ::core::option::Option::unwrap_or(it.default().await, 0);
    let numbers: u8 = ::core::iter::Iterator::sum(it.numbers());
    first + it.by_mut(2).await + numbers + *it.name() + it.by_value().await
}

#[::core::prelude::v1::test]
fn where_every_name_is_taken_each_form_works() {
    let block_on =
        ::futures::executor::block_on::<::core::pin::Pin<::alloc::boxed::Box<dyn ::core::future::Future<Output = u8>>>>;
    ::core::assert_eq!(block_on(::alloc::boxed::Box::pin(sum(Seven))), 17);
    ::core::assert_eq!(block_on(::alloc::boxed::Box::pin(sum(Taken!(Plain)))), 17);
    let object: ::alloc::boxed::Box<DynSendTaken<'static, u8, ()>> = ::alloc::boxed::Box::new(Taken!(Plain));
    ::core::assert_eq!(block_on(::alloc::boxed::Box::pin(sum(object))), 17);
    let object: ::alloc::boxed::Box<DynTaken<'static, u8, ()>> = ::alloc::boxed::Box::new(Plain);
    ::core::assert_eq!(block_on(::alloc::boxed::Box::pin(Taken::boxed(::alloc::boxed::Box::new(object)))), 4);
}
