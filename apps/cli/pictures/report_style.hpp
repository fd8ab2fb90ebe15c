// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus::cli {

/// How a report looks: on a phone, in the light and in the dark, and on paper. Pictures stay on
/// white, as they were drawn.
inline constexpr std::string_view report_style = R"(
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--faint:#5f5f5f;--line:#ddd;--warn:#fff4e5}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#161616;--faint:#a8a8a8;--line:#3a3a3a;--warn:#3a2a10}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,"Noto Sans KR",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.25;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.2rem 0 .5rem;border-bottom:1px solid var(--line)}
p.result{font-size:1.15rem}
.faint{color:var(--faint)}
.warning{background:var(--warn);padding:.6rem .9rem;border-radius:.4rem;margin:.6rem 0}
figure{margin:.8rem 0}
.drawn{background:#fff;border-radius:.4rem;overflow-x:auto}
.drawn svg{display:block;width:100%;min-width:26rem;height:auto}
.drawn svg text,.drawn svg tspan{font-family:system-ui,"Noto Sans KR",sans-serif}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:0 1rem}
.wide{overflow-x:auto}
table{border-collapse:collapse}
th,td{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
td{overflow-wrap:anywhere}
ul.digits{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(5.2rem,1fr));gap:.8rem}
ul.digits li{text-align:center;line-height:1.3}
ul.digits img{display:block;margin:0 auto;width:4.2rem;height:4.2rem;image-rendering:pixelated;background:#fff;border:1px solid var(--line)}
ul.digits small{display:block;color:var(--faint)}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--faint:#444;--line:#bbb;--warn:#fff}
main{max-width:none}figure,li,.warning{break-inside:avoid}h2{break-after:avoid}.drawn svg{min-width:0}}
)";

}  // namespace gradus::cli
