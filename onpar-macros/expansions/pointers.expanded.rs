//! What becomes of `pointers.rs`.

#[allow(async_fn_in_trait, dead_code)]
trait Service {
    async fn call(&self) -> u32;
}

#[automatically_derived]
impl<'__to, __Value> Service for &'__to __Value
where
    __Value: Service + ?::onpar::traits::generated::core::marker::Sized,
{
    #[inline]
    fn call(
        &self,
    ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
        <__Value as Service>::call(&**self)
    }
}

::onpar::traits::generated::if_alloc! {
    #[automatically_derived]
    impl<__Value> Service for ::onpar::traits::generated::Box<__Value>
    where
        __Value: Service + ?::onpar::traits::generated::core::marker::Sized,
    {
        #[inline]
        fn call(
            &self,
        ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
            <__Value as Service>::call(&**self)
        }
    }
}

/// This is the sibling of [`Service`] whose futures are `Send`. What implements `Service` becomes one by `Service!(value)`, and what implements this one becomes a `Service` by `Local(value)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `SendService`, the sibling of `Service` whose futures are `Send`",
    label = "the futures of this are not known to be `Send`",
    note = "what implements `Service` alone becomes a `SendService` by `Service!(value)`",
    note = "or by `#[trait_variant(send = SendService)]` on the `impl` of `Service`, which then is one of both"
)]
#[allow(dead_code)]
trait SendService {
    fn call(
        &self,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    >;
}

/// Proves that the methods of a [`Service`](trait@Service) give what is `Send`.
#[doc(hidden)]
#[allow(non_snake_case, unused)]
#[inline]
fn Service<__Value, __Method0>(
    call: __Method0,
) -> ::onpar::traits::generated::Proof<__Value, (__Method0,)>
where
    __Value: Service,
    __Method0: for<'__life_0> ::onpar::traits::generated::AsyncMethod<
        (&'__life_0 __Value,),
        Out = u32,
        Future: ::onpar::traits::generated::core::marker::Send,
    >,
{
    ::onpar::traits::generated::Proof::new((call,))
}

#[automatically_derived]
impl<__Value, __Method0> SendService for ::onpar::traits::WithSend<__Value, (__Method0,)>
where
    __Value: Service,
    __Method0: for<'__life_0> ::onpar::traits::generated::SendMethod<
        (&'__life_0 __Value,),
        u32,
    >,
{
    #[inline]
    fn call(
        &self,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    > {
        {
            let __method = ::onpar::traits::WithSend::proof(self).0;
            ::onpar::traits::generated::SendMethod::invoke(
                __method,
                (::onpar::traits::WithSend::get(self),),
            )
        }
    }
}

#[doc(hidden)]
#[allow(unused_macros, non_local_definitions)]
macro_rules! __Service_1 {
    (& mut $value:expr $(,)?) => {
        Service(Service::call).with_mut(& mut $value)
    };
    (& mut $value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::call).with_mut(& mut $value)
    };
    (& mut $value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::call).with_mut(& mut
        $value)
    };
    (& mut $value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::call).with_mut(& mut $value)
    };
    (& mut $value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::call).with_mut(& mut
        $value)
    };
    (& $value:expr $(,)?) => {
        Service(Service::call).with_ref(& $value)
    };
    (& $value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::call).with_ref(& $value)
    };
    (& $value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::call).with_ref(& $value)
    };
    (& $value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::call).with_ref(& $value)
    };
    (& $value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::call).with_ref(&
        $value)
    };
    ($value:expr $(,)?) => {
        Service(Service::call).with($value)
    };
    ($value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::call).with($value)
    };
    ($value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::call).with($value)
    };
    ($value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::call).with($value)
    };
    ($value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::call).with($value)
    };
}

#[doc(inline)]
#[allow(unused_imports)]
use __Service_1 as Service;

#[automatically_derived]
impl<__Value> Service for ::onpar::traits::Local<__Value>
where
    __Value: SendService,
{
    #[inline]
    fn call(
        &self,
    ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
        <__Value as SendService>::call(&self.0)
    }
}

#[automatically_derived]
impl<'__to, __Value> SendService for &'__to __Value
where
    __Value: SendService + ?::onpar::traits::generated::core::marker::Sized,
{
    #[inline]
    fn call(
        &self,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    > {
        <__Value as SendService>::call(&**self)
    }
}

::onpar::traits::generated::if_alloc! {
    #[automatically_derived]
    impl<__Value> SendService for ::onpar::traits::generated::Box<__Value>
    where
        __Value: SendService + ?::onpar::traits::generated::core::marker::Sized,
    {
        #[inline]
        fn call(
            &self,
        ) -> ::onpar::traits::SendFuture<
            impl ::onpar::traits::generated::core::future::Future<Output = u32>,
        > {
            <__Value as SendService>::call(&**self)
        }
    }
}
