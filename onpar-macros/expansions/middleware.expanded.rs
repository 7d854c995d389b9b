//! What becomes of `middleware.rs`.

impl<Request, S: Service<Request>> Service<Request> for Logged<S> {
    type Response = S::Response;
    async fn call(&self, (request, depth): (Request, u32)) -> S::Response {
        Service::log(self, depth).await;
        self.0.call((request, depth + 1)).await
    }
    async fn log(&self, depth: u32) {
        println!("{depth}");
    }
}

const _: () = {
    #[allow(unused_imports)]
    use SendService as Service;
    impl<Request, S: Service<Request>> Service<Request> for Logged<S>
    where
        Request: Send,
        S: Sync,
    {
        type Response = S::Response;
        fn call(
            &self,
            __argument_1: (Request, u32),
        ) -> ::onpar::traits::SendFuture<
            impl ::onpar::traits::generated::core::future::Future<Output = S::Response>,
        > {
            ::onpar::traits::SendFuture::new(async move {
                if let ::onpar::traits::generated::core::option::Option::Some(
                    __returned,
                ) = ::onpar::traits::generated::core::option::Option::None::<
                    S::Response,
                > {
                    #[allow(unreachable_code)] return __returned;
                }
                let __argument_1 = __argument_1;
                #[allow(clippy::no_effect_underscore_binding)]
                let (request, depth) = __argument_1;
                let __returned: S::Response = {
                    Service::log(self, depth).await;
                    self.0.call((request, depth + 1)).await
                };
                #[allow(unreachable_code)] __returned
            })
        }
        fn log(
            &self,
            depth: u32,
        ) -> ::onpar::traits::SendFuture<
            impl ::onpar::traits::generated::core::future::Future<Output = ()>,
        > {
            ::onpar::traits::SendFuture::new(async move {
                #[allow(clippy::shadow_same)]
                let depth = depth;
                let () = {
                    println!("{depth}");
                };
            })
        }
    }
};
