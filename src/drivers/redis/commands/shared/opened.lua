-- Refuses a crawl that was not opened, or that is being dropped.

if not head.maxUrls then return redis.error_reply('NOTOPEN the crawl was not opened') end
