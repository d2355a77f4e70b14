//! Doing what people do on a page.

use anyhow::{Context as _, Result, bail, ensure};
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::Browser;
use crate::wait;

impl Browser {
    /// Opens an address.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.client
            .goto(address)
            .await
            .with_context(|| format!("cannot open `{address}`"))
    }

    /// Path and query of the present page.
    pub async fn here(&self) -> Result<String> {
        let url = self.client.current_url().await?;
        let query = url.query().map_or_else(String::new, |it| format!("?{it}"));
        Ok(format!("{}{query}", url.path()))
    }

    /// The first element that the selector finds.
    pub async fn find(&self, selector: &str) -> Result<Element> {
        self.client
            .find(Locator::Css(selector))
            .await
            .with_context(|| format!("there is no `{selector}` on the page"))
    }

    /// How many elements the selector finds.
    pub async fn count(&self, selector: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::Css(selector)).await?.len())
    }

    /// The text of the first element, as a reader sees it.
    pub async fn text(&self, selector: &str) -> Result<String> {
        Ok(self.find(selector).await?.text().await?)
    }

    /// The texts of all elements.
    pub async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.client.find_all(Locator::Css(selector)).await? {
            texts.push(element.text().await?);
        }
        Ok(texts)
    }

    /// Whether the page's text contains this.
    pub async fn says(&self, words: &str) -> Result<bool> {
        Ok(self.text("body").await?.contains(words))
    }

    /// Fails unless the page's text contains this.
    pub async fn expect(&self, words: &str) -> Result<()> {
        let text = self.text("body").await?;
        ensure!(
            text.contains(words),
            "the page at {} does not say `{words}` but:\n{text}",
            self.here().await?
        );
        Ok(())
    }

    /// Writes into a field that may have had something in it.
    pub async fn write(&self, selector: &str, text: &str) -> Result<()> {
        let field = self.find(selector).await?;
        field.clear().await?;
        field
            .send_keys(text)
            .await
            .with_context(|| format!("cannot write into `{selector}`"))
    }

    /// Clicks on something that stays on this page.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.find(selector)
            .await?
            .click()
            .await
            .with_context(|| format!("cannot click on `{selector}`"))
    }

    /// Chooses an entry of a select by its value.
    pub async fn choose(&self, selector: &str, value: &str) -> Result<()> {
        self.find(selector)
            .await?
            .select_by_value(value)
            .await
            .with_context(|| format!("`{selector}` has no entry `{value}`"))
    }

    /// Clicks on something that leads to another page, and waits until that is loaded.
    pub async fn follow(&self, selector: &str) -> Result<()> {
        let element = self.find(selector).await?;
        self.leave_by(&element, selector).await
    }

    /// Clicks on the button or link with this text, and waits for the next page.
    pub async fn press(&self, words: &str) -> Result<()> {
        for selector in ["button, a.btn, summary", "a"] {
            for element in self.client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? && element.text().await?.trim() == words {
                    return self.leave_by(&element, words).await;
                }
            }
        }
        bail!("there is no `{words}` to press on {}", self.here().await?)
    }

    async fn leave_by(&self, element: &Element, what: &str) -> Result<()> {
        let before = self.document().await?;
        element
            .click()
            .await
            .with_context(|| format!("cannot click on `{what}`"))?;
        self.next_document(&before, what).await
    }

    /// Waits until there is another document than that one, loaded to its end.
    pub async fn next_document(&self, before: &str, what: &str) -> Result<()> {
        wait::until_true(&format!("another page after `{what}`"), || async {
            // Between two documents there may be none to ask.
            let Ok(now) = self.document().await else {
                return Ok(false);
            };
            Ok(now != before && now.ends_with("complete"))
        })
        .await
    }

    /// Something that no two documents share, and how far this one is loaded.
    pub async fn document(&self) -> Result<String> {
        let script = "return performance.timeOrigin + ' ' + document.readyState";
        let id = self.client.execute(script, vec![]).await?;
        Ok(id.as_str().unwrap_or_default().to_owned())
    }

    /// What has the focus: `tag#id`.
    pub async fn focus(&self) -> Result<String> {
        let script = "const e = document.activeElement; return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')";
        Ok(self
            .client
            .execute(script, vec![])
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Presses keys wherever the focus is.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        // What was hidden a moment ago, like the button of a dialog that is closed, loses the focus when the page is drawn next.
        wait::until_true("something that is there has the focus", || async {
            let there = "return document.activeElement?.checkVisibility() ?? false";
            Ok(self.client.execute(there, vec![]).await? == Value::Bool(true))
        })
        .await?;
        let element = self.client.active_element().await?;
        Ok(element.send_keys(keys).await?)
    }

    /// How many pixels the page is wider than the window.
    pub async fn overflow(&self) -> Result<i64> {
        let script = "return Math.max(document.documentElement.scrollWidth, innerWidth) - screen.width";
        self.client.execute(script, vec![]).await?.as_i64().context("no width")
    }

    /// Runs a script with an argument; for looking, not for doing.
    pub async fn look_up(&self, script: &str, argument: Value) -> Result<Value> {
        Ok(self.client.execute(script, vec![argument]).await?)
    }

    /// Texts of which something is cut off without a sign: beyond the edge of a box that hides what is beyond its edge. A box
    /// of a pixel is meant to hide all of it, from eyes.
    pub async fn cut_off(&self) -> Result<Vec<String>> {
        let script = "const found = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest('.vh, .skip')) continue;
                const range = document.createRange();
                range.selectNodeContents(node);
                const right = Math.max(...[...range.getClientRects()].map(it => it.right));
                for (let box = node.parentElement; box !== document.body; box = box.parentElement) {
                    const style = getComputedStyle(box);
                    if (box.clientWidth < 3 || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none' || /auto|scroll/.test(style.overflowX)) break;
                    if (/hidden|clip/.test(style.overflowX) && right > box.getBoundingClientRect().right + 1) {
                        found.push(box.className + ': ' + node.data.trim().slice(0, 60));
                        break;
                    }
                }
            }
            return found";
        let found = self.client.execute(script, vec![]).await?;
        Ok(found
            .as_array()
            .context("no list")?
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect())
    }

    /// What sticks out of the page to the right; for messages.
    pub async fn what_sticks_out(&self) -> Result<String> {
        let script = "const w = document.documentElement.clientWidth;
            return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1 && e.checkVisibility())
                .slice(0, 8).map(e => e.outerHTML.slice(0, 120)).join('\\n')";
        Ok(self
            .look_up(script, json!(null))
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }
}

impl Browser {
    /// Presses keys wherever the focus is, and waits for the next page.
    pub async fn keys_and_go(&self, keys: &str) -> Result<()> {
        let before = self.document().await?;
        self.keys(keys).await?;
        self.next_document(&before, "a key").await
    }
}
