//! What becomes of `send.rs`.

#[allow(async_fn_in_trait, dead_code)]
/// Answers.
///
/// [`SendService`] is the sibling whose futures are `Send`.
pub trait Service {
    /// An answer.
    async fn call(&self, request: &str) -> u32;
    /// Two of them.
    async fn twice(&self, request: &str) -> u32 {
        self.call(request).await + self.call(request).await
    }
}

/// Answers.
///
/// This is the sibling of [`Service`] whose futures are `Send`. What implements `Service` becomes one by `Service!(value)`, and what implements this one becomes a `Service` by `Local(value)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `SendService`, the sibling of `Service` whose futures are `Send`",
    label = "the futures of this are not known to be `Send`",
    note = "what implements `Service` alone becomes a `SendService` by `Service!(value)`",
    note = "or by `#[trait_variant(send = SendService)]` on the `impl` of `Service`, which then is one of both"
)]
#[allow(dead_code)]
pub trait SendService {
    /// An answer.
    fn call(
        &self,
        request: &str,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    >;
    /// Two of them.
    fn twice(
        &self,
        request: &str,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    >
    where
        Self: ::onpar::traits::generated::HeldByRef,
    {
        ::onpar::traits::SendFuture::new(async move {
            if let ::onpar::traits::generated::core::option::Option::Some(__returned) = ::onpar::traits::generated::core::option::Option::None::<
                u32,
            > {
                #[allow(unreachable_code)] return __returned;
            }
            #[allow(clippy::shadow_same)]
            let request = request;
            let __returned: u32 = {
                self.call(request).await + self.call(request).await
            };
            #[allow(unreachable_code)] __returned
        })
    }
}

/// Proves that the methods of a [`Service`](trait@Service) give what is `Send`.
#[doc(hidden)]
#[allow(non_snake_case, unused)]
#[inline]
pub fn Service<__Value, __Method0, __Method1>(
    call: __Method0,
    twice: __Method1,
) -> ::onpar::traits::generated::Proof<__Value, (__Method0, __Method1)>
where
    __Value: Service,
    __Method0: for<'__life_0, '__life_1> ::onpar::traits::generated::AsyncMethod<
        (&'__life_0 __Value, &'__life_1 str),
        Out = u32,
        Future: ::onpar::traits::generated::core::marker::Send,
    >,
    __Method1: for<'__life_0, '__life_1> ::onpar::traits::generated::AsyncMethod<
        (&'__life_0 __Value, &'__life_1 str),
        Out = u32,
        Future: ::onpar::traits::generated::core::marker::Send,
    >,
{
    ::onpar::traits::generated::Proof::new((call, twice))
}

#[automatically_derived]
impl<__Value, __Method0, __Method1> SendService
for ::onpar::traits::WithSend<__Value, (__Method0, __Method1)>
where
    __Value: Service,
    __Method0: for<'__life_0, '__life_1> ::onpar::traits::generated::SendMethod<
        (&'__life_0 __Value, &'__life_1 str),
        u32,
    >,
    __Method1: for<'__life_0, '__life_1> ::onpar::traits::generated::SendMethod<
        (&'__life_0 __Value, &'__life_1 str),
        u32,
    >,
{
    #[inline]
    fn call(
        &self,
        __argument_0: &str,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    > {
        {
            let __method = ::onpar::traits::WithSend::proof(self).0;
            ::onpar::traits::generated::SendMethod::invoke(
                __method,
                (::onpar::traits::WithSend::get(self), __argument_0),
            )
        }
    }
    #[inline]
    fn twice(
        &self,
        __argument_0: &str,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    > {
        {
            let __method = ::onpar::traits::WithSend::proof(self).1;
            ::onpar::traits::generated::SendMethod::invoke(
                __method,
                (::onpar::traits::WithSend::get(self), __argument_0),
            )
        }
    }
}

#[macro_export]
#[doc(hidden)]
#[allow(unused_macros, non_local_definitions)]
macro_rules! __Service_1 {
    (& mut $value:expr $(,)?) => {
        Service(Service::call, Service::twice).with_mut(& mut $value)
    };
    (& mut $value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::call, $($path)::+ ::twice).with_mut(& mut $value)
    };
    (& mut $value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::call, < _ as $($path)::+ <
        $($argument),+ >> ::twice).with_mut(& mut $value)
    };
    (& mut $value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::call, :: $($path)::+ ::twice).with_mut(& mut
        $value)
    };
    (& mut $value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::call, < _ as ::
        $($path)::+ < $($argument),+ >> ::twice).with_mut(& mut $value)
    };
    (& $value:expr $(,)?) => {
        Service(Service::call, Service::twice).with_ref(& $value)
    };
    (& $value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::call, $($path)::+ ::twice).with_ref(& $value)
    };
    (& $value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::call, < _ as $($path)::+ <
        $($argument),+ >> ::twice).with_ref(& $value)
    };
    (& $value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::call, :: $($path)::+ ::twice).with_ref(& $value)
    };
    (& $value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::call, < _ as ::
        $($path)::+ < $($argument),+ >> ::twice).with_ref(& $value)
    };
    ($value:expr $(,)?) => {
        Service(Service::call, Service::twice).with($value)
    };
    ($value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::call, $($path)::+ ::twice).with($value)
    };
    ($value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::call, < _ as $($path)::+ <
        $($argument),+ >> ::twice).with($value)
    };
    ($value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::call, :: $($path)::+ ::twice).with($value)
    };
    ($value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::call, < _ as ::
        $($path)::+ < $($argument),+ >> ::twice).with($value)
    };
}

#[doc(inline)]
#[allow(unused_imports)]
pub use __Service_1 as Service;

#[automatically_derived]
impl<__Value> Service for ::onpar::traits::Local<__Value>
where
    __Value: SendService,
    __Value: ::onpar::traits::generated::HeldByRef,
{
    #[inline]
    fn call(
        &self,
        __argument_0: &str,
    ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
        <__Value as SendService>::call(&self.0, __argument_0)
    }
    #[inline]
    fn twice(
        &self,
        __argument_0: &str,
    ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
        <__Value as SendService>::twice(&self.0, __argument_0)
    }
}
