#pragma once
// What a sandbox's redis-server holds: a small shop. Commands as redis-cli reads them.

#include <string_view>

namespace cachify::studio {

inline constexpr std::string_view kRedisSampleData = R"(
EVAL "for i=1,2000 do redis.call('SET','session:'..i,cjson.encode({user=i,cart=i%7,seen='2026-01-'..(i%28+1)}),'EX',600+i) end" 0
EVAL "for i=1,500 do redis.call('HSET','user:'..i,'name','User '..i,'email','user'..i..'@example.org','visits',i*3) end" 0
EVAL "for i=1,300 do redis.call('SET','page:/products/'..i,string.rep('<li>product '..i..'</li>',40),'EX',3600) end" 0
EVAL "for i=1,40 do redis.call('RPUSH','queue:mail',cjson.encode({to='user'..i..'@example.org',template='welcome'})) end" 0
EVAL "for i=1,60 do redis.call('ZADD','leaderboard:week',i*17%101,'user:'..i) end" 0
EVAL "for i=1,25 do redis.call('SADD','online','user:'..i) end" 0
EVAL "for i=1,30 do redis.call('XADD','orders',i..'-1','sku','A-'..i,'cents',tostring(i*199)) end" 0
SET counter:visits 184231
SET config:feature-flags "{\"newCheckout\":true,\"bigNumber\":12345678901234567890}"
SET "binary:\x00\xff key" "\x00\x01\xfe\xff"
)";

}  // namespace cachify::studio
