//! What pointers to it forward.

#[trait_variant(send = SendService, forward(&, Box))]
trait Service {
    async fn call(&self) -> u32;
}
