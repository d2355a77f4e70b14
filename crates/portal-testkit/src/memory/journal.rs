use async_trait::async_trait;
use portal_core::id::Uuid;
use portal_core::ports::{DeskHint, Hint, IdempotencyKey, Journal, Remembered, StoreError};
use portal_core::time::Timestamp;

use super::MemoryTx;

fn place(who: Uuid, use_case: &str, key: &IdempotencyKey) -> (Uuid, String, String) {
    (who, use_case.to_owned(), key.as_str().to_owned())
}

#[async_trait]
impl Journal for MemoryTx {
    async fn hint(&mut self, hint: &Hint) -> Result<(), StoreError> {
        self.changed()?;
        self.hints.push(hint.clone());
        Ok(())
    }

    async fn desk_hint(&mut self, hint: &DeskHint) -> Result<(), StoreError> {
        self.changed()?;
        self.desk_hints.push(hint.clone());
        Ok(())
    }

    async fn recall(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        since: Timestamp,
    ) -> Result<Option<Remembered>, StoreError> {
        let found = self.state.remembered.get(&place(who, use_case, key));
        Ok(found.filter(|it| it.at >= since).cloned())
    }

    async fn remember(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        what: &Remembered,
        since: Timestamp,
    ) -> Result<bool, StoreError> {
        let place = place(who, use_case, key);
        let remembered = &mut self.changed()?.remembered;
        if remembered.get(&place).is_some_and(|it| it.at >= since) {
            return Ok(false);
        }
        remembered.insert(place, what.clone());
        Ok(true)
    }
}
