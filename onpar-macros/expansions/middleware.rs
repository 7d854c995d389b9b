//! One `impl` for both siblings.

#[trait_variant(send = SendService, where(Request: Send, S: Sync))]
impl<Request, S: Service<Request>> Service<Request> for Logged<S> {
    type Response = S::Response;

    async fn call(&self, (request, depth): (Request, u32)) -> S::Response {
        self.log(depth).await;
        self.0.call((request, depth + 1)).await
    }

    async fn log(&self, depth: u32) {
        println!("{depth}");
    }
}
