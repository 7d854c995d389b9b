//! A trait object whose calls have room for their futures, of both siblings.

#[trait_variant(send = SendSensor, dyn = DynSensor, dyn_send = DynSendSensor, inline = 64)]
trait Sensor {
    async fn read(&self) -> u32;
}
