//! What becomes of `object.rs`.

#[allow(async_fn_in_trait, dead_code)]
trait Service<Request> {
    type Response;
    async fn call(&mut self, request: Request) -> Self::Response;
    async fn compare<'a>(&self, one: &'a Request, other: &Request) -> &'a Request;
    async fn end(self);
    fn all(&self) -> impl Iterator<Item = Request>;
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become a `DynService`, which takes what implements `Service`",
    label = "this does not implement it",
)]
#[allow(dead_code, clippy::missing_safety_doc, clippy::too_many_arguments)]
trait __DynService<Request> {
    #[allow(missing_docs)]
    type Response;
    #[doc(hidden)]
    fn __call<'__life_0>(
        &'__life_0 mut self,
        __argument_0: Request,
    ) -> ::onpar::traits::Call<'__life_0, Self::Response, ::onpar::traits::Anything>
    where
        Request: '__life_0;
    #[doc(hidden)]
    fn __compare<'a, '__life_1, '__life_2, '__call>(
        &'__life_1 self,
        __argument_0: &'a Request,
        __argument_1: &'__life_2 Request,
    ) -> ::onpar::traits::Call<'__call, &'a Request, ::onpar::traits::Anything>
    where
        Self: '__call,
        'a: '__call,
        '__life_1: '__call,
        '__life_2: '__call,
        Request: '__call;
    #[doc(hidden)]
    fn __end<'__call>(
        self: ::onpar::traits::generated::Box<Self>,
    ) -> ::onpar::traits::Call<'__call, (), ::onpar::traits::Anything>
    where
        Self: '__call,
        Request: '__call;
    #[doc(hidden)]
    fn __all<'__life_0>(
        &'__life_0 self,
    ) -> ::onpar::traits::IterCall<'__life_0, Request, ::onpar::traits::Anything>
    where
        Request: '__life_0;
}

#[automatically_derived]
impl<Request, __Value> __DynService<Request> for __Value
where
    __Value: Service<Request>,
{
    type Response = <__Value as Service<Request>>::Response;
    #[inline]
    fn __call<'__life_0>(
        &'__life_0 mut self,
        __argument_0: Request,
    ) -> ::onpar::traits::Call<'__life_0, Self::Response, ::onpar::traits::Anything>
    where
        Request: '__life_0,
    {
        ::onpar::traits::Call::new(
            <__Value as Service<Request>>::call(self, __argument_0),
        )
    }
    #[inline]
    fn __compare<'a, '__life_1, '__life_2, '__call>(
        &'__life_1 self,
        __argument_0: &'a Request,
        __argument_1: &'__life_2 Request,
    ) -> ::onpar::traits::Call<'__call, &'a Request, ::onpar::traits::Anything>
    where
        Self: '__call,
        'a: '__call,
        '__life_1: '__call,
        '__life_2: '__call,
        Request: '__call,
    {
        ::onpar::traits::Call::new(
            <__Value as Service<Request>>::compare(self, __argument_0, __argument_1),
        )
    }
    #[inline]
    fn __end<'__call>(
        self: ::onpar::traits::generated::Box<Self>,
    ) -> ::onpar::traits::Call<'__call, (), ::onpar::traits::Anything>
    where
        Self: '__call,
        Request: '__call,
    {
        ::onpar::traits::Call::new(<__Value as Service<Request>>::end(*self))
    }
    #[inline]
    fn __all<'__life_0>(
        &'__life_0 self,
    ) -> ::onpar::traits::IterCall<'__life_0, Request, ::onpar::traits::Anything>
    where
        Request: '__life_0,
    {
        ::onpar::traits::IterCall::new(<__Value as Service<Request>>::all(self))
    }
}

/// [`Service`](trait@Service) as a trait object: what `dyn Service` would be. It is used behind a pointer, like that one: `&DynService`, `Box<DynService>`, `Arc<DynService>`; and it implements [`Service`](trait@Service).
#[allow(dead_code)]
type DynService<'object, Request, Response> = dyn __DynService<
    Request,
    Response = Response,
> + 'object;

::onpar::traits::generated::if_alloc! {
    #[automatically_derived]
    impl<'object, Request, Response> Service<Request>
    for ::onpar::traits::generated::Box<
        dyn __DynService<Request, Response = Response> + 'object,
    > {
        type Response = Response;
        #[inline]
        fn call(
            &mut self,
            __argument_0: Request,
        ) -> impl ::onpar::traits::generated::core::future::Future<Output = Self::Response> {
            <dyn __DynService<
                Request,
                Response = Response,
            > + 'object as __DynService<Request>>::__call(&mut **self, __argument_0)
        }
        #[inline]
        fn compare<'a>(
            &self,
            __argument_0: &'a Request,
            __argument_1: &Request,
        ) -> impl ::onpar::traits::generated::core::future::Future<Output = &'a Request> {
            async move {
                <dyn __DynService<
                    Request,
                    Response = Response,
                > + 'object as __DynService<
                    Request,
                >>::__compare(&**self, __argument_0, __argument_1)
                    .await
            }
        }
        #[inline]
        fn end(self) -> impl ::onpar::traits::generated::core::future::Future<Output = ()> {
            async move {
                <dyn __DynService<
                    Request,
                    Response = Response,
                > + 'object as __DynService<Request>>::__end(self)
                    .await
            }
        }
        #[inline]
        fn all(&self) -> impl Iterator<Item = Request> {
            <dyn __DynService<
                Request,
                Response = Response,
            > + 'object as __DynService<Request>>::__all(&**self)
        }
    }
}
