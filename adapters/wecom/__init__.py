"""WeCom 企业微信: an application and, beside it, a robot for groups."""
