//! What becomes of `object_without_a_heap.rs`.

#[allow(async_fn_in_trait, dead_code)]
trait Sensor {
    async fn read(&self) -> u32;
}

/// This is the sibling of [`Sensor`] whose futures are `Send`. What implements `Sensor` becomes one by `Sensor!(value)`, and what implements this one becomes a `Sensor` by `Local(value)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `SendSensor`, the sibling of `Sensor` whose futures are `Send`",
    label = "the futures of this are not known to be `Send`",
    note = "what implements `Sensor` alone becomes a `SendSensor` by `Sensor!(value)`",
    note = "or by `#[trait_variant(send = SendSensor)]` on the `impl` of `Sensor`, which then is one of both"
)]
#[allow(dead_code)]
trait SendSensor {
    fn read(
        &self,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    >;
}

/// Proves that the methods of a [`Sensor`](trait@Sensor) give what is `Send`.
#[doc(hidden)]
#[allow(non_snake_case, unused)]
#[inline]
fn Sensor<__Value, __Method0>(
    read: __Method0,
) -> ::onpar::traits::generated::Proof<__Value, (__Method0,)>
where
    __Value: Sensor,
    __Method0: for<'__life_0> ::onpar::traits::generated::AsyncMethod<
        (&'__life_0 __Value,),
        Out = u32,
        Future: ::onpar::traits::generated::core::marker::Send,
    >,
{
    ::onpar::traits::generated::Proof::new((read,))
}

#[automatically_derived]
impl<__Value, __Method0> SendSensor for ::onpar::traits::WithSend<__Value, (__Method0,)>
where
    __Value: Sensor,
    __Method0: for<'__life_0> ::onpar::traits::generated::SendMethod<
        (&'__life_0 __Value,),
        u32,
    >,
{
    #[inline]
    fn read(
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
macro_rules! __Sensor_1 {
    (& mut $value:expr $(,)?) => {
        Sensor(Sensor::read).with_mut(& mut $value)
    };
    (& mut $value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::read).with_mut(& mut $value)
    };
    (& mut $value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::read).with_mut(& mut
        $value)
    };
    (& mut $value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::read).with_mut(& mut $value)
    };
    (& mut $value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::read).with_mut(& mut
        $value)
    };
    (& $value:expr $(,)?) => {
        Sensor(Sensor::read).with_ref(& $value)
    };
    (& $value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::read).with_ref(& $value)
    };
    (& $value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::read).with_ref(& $value)
    };
    (& $value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::read).with_ref(& $value)
    };
    (& $value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::read).with_ref(&
        $value)
    };
    ($value:expr $(,)?) => {
        Sensor(Sensor::read).with($value)
    };
    ($value:expr, as $($path:ident)::+ $(,)?) => {
        $($path)::+ ($($path)::+ ::read).with($value)
    };
    ($value:expr, as $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        $($path)::+ (< _ as $($path)::+ < $($argument),+ >> ::read).with($value)
    };
    ($value:expr, as :: $($path:ident)::+ $(,)?) => {
        :: $($path)::+ (:: $($path)::+ ::read).with($value)
    };
    ($value:expr, as :: $($path:ident)::+ < $($argument:ty),+ $(,)? > $(,)?) => {
        :: $($path)::+ (< _ as :: $($path)::+ < $($argument),+ >> ::read).with($value)
    };
}

#[doc(inline)]
#[allow(unused_imports)]
use __Sensor_1 as Sensor;

#[automatically_derived]
impl<__Value> Sensor for ::onpar::traits::Local<__Value>
where
    __Value: SendSensor,
{
    #[inline]
    fn read(
        &self,
    ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
        <__Value as SendSensor>::read(&self.0)
    }
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become a `DynSensor`, which takes what implements `Sensor`",
    label = "this does not implement it",
)]
#[allow(dead_code, clippy::missing_safety_doc, clippy::too_many_arguments)]
trait __DynSensor {
    #[doc(hidden)]
    fn __read<'__life_0>(
        &'__life_0 self,
    ) -> ::onpar::traits::InlineCall<'__life_0, u32, 64, ::onpar::traits::Anything>;
}

#[automatically_derived]
impl<__Value> __DynSensor for __Value
where
    __Value: Sensor,
{
    #[inline]
    fn __read<'__life_0>(
        &'__life_0 self,
    ) -> ::onpar::traits::InlineCall<'__life_0, u32, 64, ::onpar::traits::Anything> {
        ::onpar::traits::InlineCall::new(<__Value as Sensor>::read(self))
    }
}

/// [`Sensor`](trait@Sensor) as a trait object: what `dyn Sensor` would be. It is used behind a pointer, like that one: `&DynSensor`, `Box<DynSensor>`, `Arc<DynSensor>`; and it implements [`Sensor`](trait@Sensor).
#[allow(dead_code)]
type DynSensor<'object> = dyn __DynSensor + 'object;

#[automatically_derived]
impl<'object> Sensor for dyn __DynSensor + 'object {
    #[inline]
    fn read(
        &self,
    ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
        self.__read()
    }
}

::onpar::traits::generated::if_alloc! {
    #[automatically_derived]
    impl<'object> Sensor for ::onpar::traits::generated::Box<dyn __DynSensor + 'object> {
        #[inline]
        fn read(
            &self,
        ) -> impl ::onpar::traits::generated::core::future::Future<Output = u32> {
            <dyn __DynSensor + 'object as Sensor>::read(&**self)
        }
    }
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become a `DynSendSensor`, which takes what implements `SendSensor`, `Send` and `Sync`",
    label = "this does not implement all of them",
    note = "what implements `Sensor` alone becomes a `SendSensor` by `Sensor!(value)`",
    note = "or by `#[trait_variant(send = SendSensor)]` on the `impl` of `Sensor`, which then is one of both"
)]
#[allow(dead_code, clippy::missing_safety_doc, clippy::too_many_arguments)]
trait __DynSendSensor: ::onpar::traits::generated::core::marker::Send + ::onpar::traits::generated::core::marker::Sync {
    #[doc(hidden)]
    fn __read<'__life_0>(
        &'__life_0 self,
    ) -> ::onpar::traits::InlineCall<
        '__life_0,
        u32,
        64,
        dyn ::onpar::traits::generated::core::marker::Send,
    >;
}

#[automatically_derived]
impl<__Value> __DynSendSensor for __Value
where
    __Value: SendSensor,
    __Value: ::onpar::traits::generated::core::marker::Send
        + ::onpar::traits::generated::core::marker::Sync,
{
    #[inline]
    fn __read<'__life_0>(
        &'__life_0 self,
    ) -> ::onpar::traits::InlineCall<
        '__life_0,
        u32,
        64,
        dyn ::onpar::traits::generated::core::marker::Send,
    > {
        ::onpar::traits::InlineCall::of_send(<__Value as SendSensor>::read(self))
    }
}

/// [`SendSensor`](trait@SendSensor) as a trait object: what `dyn SendSensor` would be. It is used behind a pointer, like that one: `&DynSendSensor`, `Box<DynSendSensor>`, `Arc<DynSendSensor>`; and it implements [`SendSensor`](trait@SendSensor).
#[allow(dead_code)]
type DynSendSensor<'object> = dyn __DynSendSensor + 'object;

#[automatically_derived]
impl<'object> SendSensor for dyn __DynSendSensor + 'object {
    #[inline]
    fn read(
        &self,
    ) -> ::onpar::traits::SendFuture<
        impl ::onpar::traits::generated::core::future::Future<Output = u32>,
    > {
        ::onpar::traits::SendFuture::new(self.__read())
    }
}

::onpar::traits::generated::if_alloc! {
    #[automatically_derived]
    impl<'object> SendSensor
    for ::onpar::traits::generated::Box<dyn __DynSendSensor + 'object> {
        #[inline]
        fn read(
            &self,
        ) -> ::onpar::traits::SendFuture<
            impl ::onpar::traits::generated::core::future::Future<Output = u32>,
        > {
            <dyn __DynSendSensor + 'object as SendSensor>::read(&**self)
        }
    }
}
