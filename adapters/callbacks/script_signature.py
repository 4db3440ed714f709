"""The signature under which WeCom's, Feishu's and DingTalk's scripts let a page call them.

https://developer.work.weixin.qq.com/document/path/90506, https://open.feishu.cn/document/uYjL24iN/uUDO3YjL1gzN24SN4cjN
and https://open.dingtalk.com/document/orgapp/jsapi-authentication give the same one; their timestamps' units differ.
"""

import hashlib


def script_signature(ticket: str, nonce: str, timestamp: str, address: str) -> str:
    """SHA-1 in hexadecimal over the four, in this order.

    The page's ``address`` is without what follows ``#``, as ``adapters.hosts.model.Knock`` gives it.
    """
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={address}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
