// Inside WeChat its own browser opens the payment; what came of it the server hears from WeChat, never from here.
const button = document.getElementById("wechat-pay");
const said = document.getElementById("wechat-said");

function pay() {
  said.hidden = true;
  window.WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(button.dataset.bridge), (answer) => {
    said.hidden = answer.err_msg === "get_brand_wcpay_request:ok";
  });
}

function whenReady(act) {
  if (window.WeixinJSBridge) act();
  else document.addEventListener("WeixinJSBridgeReady", act, { once: true });
}

button.addEventListener("click", () => whenReady(pay));
whenReady(pay);
