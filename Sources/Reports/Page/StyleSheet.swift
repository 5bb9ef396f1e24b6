/// The page's own style: system fonts with Chinese ones behind them, tabular figures, light and dark, A4.
let styleSheet: Markup = """
    :root { color-scheme: light dark;
      --ink: #14181c; --soft: #55606a; --line: #d4dadf; --faint: #eef1f3; --ground: #fff; --panel: #f5f7f8; --shade: rgb(0 0 0 / .22);
      --link: #0b5394; --accent: #1f6f8b; --accent2: #5aa3b8; --accent3: #0e4457; --amber: #b45f06; --yellow: #8a6100; --red: #b3261e; --green: #2e7d4f;
      --s0: #1f6f8b; --s1: #c58b2a; --s2: #7a5c99; --s3: #4d8a57; --s4: #b0574f; --s5: #6b7680; }
    @media (prefers-color-scheme: dark) { :root {
      --ink: #e7ebee; --soft: #a3adb5; --line: #38424a; --faint: #232b31; --ground: #12171b; --panel: #1a2126; --shade: rgb(255 255 255 / .22);
      --link: #82bdf0; --accent: #4aa3c2; --accent2: #2f7690; --accent3: #8fcfe4; --amber: #e0a04a; --yellow: #e6c84f; --red: #f08a80; --green: #6cc08b;
      --s0: #4aa3c2; --s1: #d6a24c; --s2: #a98cc8; --s3: #74b380; --s4: #d9827a; --s5: #93a0aa; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 76rem; background: var(--ground); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", sans-serif;
      font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word; }
    body:lang(zh) { line-height: 1.6; }
    a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; }
    a:hover { text-decoration-thickness: 2px; }
    :focus-visible { outline: 3px solid #f2b807; outline-offset: 2px; }
    .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .25rem .5rem; }
    code, .hash { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: .86em; }
    header { padding-top: 2.25rem; border-bottom: 3px solid var(--ink); padding-bottom: 1rem; }
    .product { margin: 0 0 .25rem; color: var(--soft); font-size: .875rem; letter-spacing: .02em; }
    h1 { margin: 0 0 .5rem; font-size: 2.1rem; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
    .purpose { margin: 0; font-size: 1.05rem; max-width: 44rem; } .purpose span { color: var(--soft); margin-right: .4em; }
    .meta { margin: .35rem 0 0; color: var(--soft); font-size: .875rem; }
    nav { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); font-size: .9rem; }
    nav a { text-decoration: none; padding: .15rem 0; } nav a:hover { text-decoration: underline; }
    section { padding-top: 2rem; }
    h2 { margin: 0 0 .4rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.005em; }
    h3 { margin: 1.6rem 0 .4rem; font-size: 1.02rem; line-height: 1.35; }
    p { margin: 0 0 .7rem; max-width: 46rem; }
    .lead { font-size: 1.05rem; } .note, .terms dd, .facts dd, small { color: var(--soft); }
    .note { font-size: .875rem; } small { font-size: .8rem; font-weight: 400; } .under { display: block; }
    .steps { list-style: none; margin: .75rem 0 0; padding: 0; border-top: 1px solid var(--line); }
    .steps li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 1.25rem; padding: .85rem 0; border-bottom: 1px solid var(--line); align-items: baseline; }
    .steps .count { font-size: 1.75rem; font-weight: 650; line-height: 1.1; text-align: right; letter-spacing: -.02em; }
    .steps h3 { margin: 0 0 .15rem; font-size: 1.05rem; } .steps p { margin: 0; }
    .where { display: flex; flex-wrap: wrap; gap: .3rem .9rem; align-items: center; margin-top: .35rem !important; font-size: .9rem; }
    .where:empty { display: none; }
    .command { background: var(--panel); border: 1px solid var(--line); border-radius: 3px; padding: .15rem .5rem; }
    .command::before { content: "$ "; color: var(--soft); }
    .attention { margin-top: 1.25rem; padding: .8rem 1.1rem; border-left: 5px solid var(--amber); background: var(--panel); }
    .attention h3 { margin: 0 0 .25rem; font-size: .95rem; } .attention ul { margin: 0; padding-left: 1.1rem; font-size: .93rem; } .attention li { margin: .15rem 0; }
    figure { margin: 0 0 1.1rem; } figcaption { font-size: .93rem; margin-bottom: .3rem; } svg { display: block; }
    .flow { margin: 1rem 0 .5rem; }
    .legend { list-style: none; margin: .35rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .15rem 1.2rem; font-size: .875rem; }
    .legend i { display: inline-block; width: .75em; height: .75em; margin-right: .4em; border-radius: 1px; }
    .s0 { fill: var(--s0); background: var(--s0); } .s1 { fill: var(--s1); background: var(--s1); } .s2 { fill: var(--s2); background: var(--s2); }
    .s3 { fill: var(--s3); background: var(--s3); } .s4 { fill: var(--s4); background: var(--s4); } .s5 { fill: var(--s5); background: var(--s5); }
    .p0 { fill: var(--accent2); background: var(--accent2); } .p1 { fill: var(--accent); background: var(--accent); } .p2 { fill: var(--accent3); background: var(--accent3); }
    .gone { fill: url(#hatch); background: repeating-linear-gradient(45deg, var(--line) 0 2px, var(--ground) 2px 4px); } .hatch-ground { fill: var(--faint); } .hatch-line { fill: var(--line); }
    .o-merged, .o-decided-same { fill: var(--accent); background: var(--accent); } .o-review { fill: var(--amber); background: var(--amber); } .o-held-apart { fill: var(--s5); background: var(--s5); }
    .flow rect { stroke: var(--ground); stroke-width: 1; }
    .grades { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem 1.5rem; font-size: .9rem; }
    .grades li { border-top: 1px solid var(--line); padding-top: .4rem; color: var(--soft); } .grades b { color: var(--ink); font-size: 1.05rem; }
    .grade { display: inline-block; width: 1.5em; margin-right: .5em; text-align: center; font-weight: 700; color: var(--ground); border-radius: 2px; }
    .gA { background: var(--green); } .gB { background: var(--accent); } .gC { background: var(--amber); } .gD { background: var(--red); }
    .colour { display: block; font-size: .8rem; font-weight: 600; white-space: nowrap; } .colour::before { margin-right: .3em; font-weight: 400; }
    td > .colour:only-child, .note .colour, .terms .colour { display: inline; }
    .colour.green { color: var(--green); } .colour.green::before { content: "●"; } .colour.blue { color: var(--link); } .colour.blue::before { content: "◆"; }
    .colour.yellow { color: var(--yellow); } .colour.yellow::before { content: "▲"; } .colour.red { color: var(--red); } .colour.red::before { content: "■"; }
    .deep1 { padding-left: 1.1rem; } .deep2 { padding-left: 2.2rem; } .deep3 { padding-left: 3.3rem; }
    .ledger { list-style: none; margin: 0 0 1rem; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; font-size: .93rem; } .ledger b { font-size: 1.05rem; }
    .scroll { overflow-x: auto; margin: 1rem 0 1.1rem; background: linear-gradient(to right, var(--ground) 40%, transparent) left / 2.5rem 100% no-repeat local, linear-gradient(to left, var(--ground) 40%, transparent) right / 2.5rem 100% no-repeat local, linear-gradient(to right, var(--shade), transparent) left / 1rem 100% no-repeat, linear-gradient(to left, var(--shade), transparent) right / 1rem 100% no-repeat; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4; }
    caption { text-align: left; font-weight: 650; font-size: 1.02rem; padding-bottom: .35rem; }
    caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
    th, td { text-align: left; vertical-align: top; padding: .36rem .9rem .36rem 0; border-bottom: 1px solid var(--line); }
    th:last-child, td:last-child { padding-right: 0; }
    thead th, thead td { border-bottom: 2px solid var(--ink); font-size: .84rem; font-weight: 600; vertical-align: bottom; }
    tbody th, tfoot th { font-weight: 400; min-width: 6rem; } tfoot th, tfoot td { font-weight: 650; border-bottom: 0; }
    .n { text-align: right; white-space: nowrap; } .none { color: var(--soft); }
    td.absent { font-size: .84rem; }
    .rate { min-width: 4.9rem; } .rate b { font-weight: 600; } .rate small { display: block; font-size: .74rem; line-height: 1.25; } .rate > svg { width: 4.6rem; margin: .15rem 0 .1rem auto; }
    .rate .now { display: flex; justify-content: flex-end; gap: .45em; align-items: baseline; } .rate .now svg { margin: 0; }
    .rate .state { display: flex; justify-content: flex-end; gap: .5em; align-items: baseline; } .rate .move { color: var(--ink); display: inline; }
    details { margin: .4rem 0 1.1rem; } summary { cursor: pointer; color: var(--link); font-size: .875rem; padding: .2rem 0; } details .groups { font-size: .84rem; } details .groups th, details .groups td { padding-top: .14rem; padding-bottom: .14rem; }
    .checks tbody th { min-width: 15rem; }
    .score th, .score td { padding-right: .6rem; } .score tbody th { min-width: 6.5rem; }
    .stars { white-space: nowrap; letter-spacing: .08em; color: var(--amber); } .stars small { letter-spacing: 0; }
    .strip { fill: var(--line); } .strip-now { fill: var(--accent); } svg.past { display: inline-block; }
    .trends { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(11.5rem, 44%), 1fr)); gap: .7rem 1.4rem; margin: .8rem 0 1rem; }
    .trend { margin: 0; break-inside: avoid; } .trend figcaption { font-size: .82rem; color: var(--soft); display: flex; justify-content: space-between; gap: .6rem; margin: 0; } .trend figcaption b { color: var(--ink); }
    .trend-line { stroke: var(--accent); stroke-width: 1.6; fill: var(--accent); } .ends { display: flex; justify-content: space-between; margin: 0; font-size: .72rem; color: var(--soft); }
    .curve-a { stroke: var(--accent); stroke-width: 1.8; fill: var(--accent); background: var(--accent); } .curve-b { stroke: var(--amber); stroke-width: 1.8; stroke-dasharray: 5 3; fill: var(--amber); background: var(--amber); } .legend i.dot { border-radius: 50%; }
    .against-hatch { fill: var(--red); fill-opacity: .55; stroke: var(--red); background: var(--red); } .legend i.for { background: var(--accent); } .whole { fill: var(--s5); }
    .set-name { fill: var(--ink); font-size: 12.5px; } .set-in { fill: var(--ink); } .set-out { fill: var(--line); } .set-line { stroke: var(--ink); stroke-width: 2.5; }
    .whisker { stroke: var(--accent); stroke-width: 2; }
    .levels.bars { max-width: 40rem; } .levels.waterfall { max-width: 48rem; } .levels.waterfall .n { width: 4rem; } .levels.waterfall .wide { width: 44%; }
    .track { fill: var(--faint); } .level { fill: var(--accent); }
    .tag { font-size: .75rem; color: var(--soft); border: 1px solid var(--line); border-radius: 2px; padding: 0 .3em; white-space: nowrap; }
    .terms { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .5rem 1.5rem; margin: 0 0 1rem; font-size: .875rem; }
    .terms dt { font-weight: 650; color: var(--ink); } .terms dd { margin: 0; }
    .facts { margin: 0; font-size: .9rem; } .facts div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    .mark { display: inline-block; min-width: 5.7em; margin-right: .35em; font-size: .8rem; font-weight: 600; white-space: nowrap; }
    :lang(zh) .mark { min-width: 3.9em; }
    .mark::before { margin-right: .35em; } .mark.error { color: var(--red); } .mark.error::before { content: "●"; } .mark.warning { color: var(--amber); } .mark.warning::before { content: "▲"; } .mark.info { color: var(--soft); } .mark.info::before { content: "○"; }
    .bar-error { fill: var(--red); } .bar-warning { fill: var(--amber); } .bar-info { fill: var(--s5); }
    .checks tr:has(+ .detail) th, .checks tr:has(+ .detail) td { border-bottom: 0; padding-bottom: .1rem; } .checks tbody th { font-weight: 500; }
    .detail td { padding-bottom: .55rem; font-size: .84rem; color: var(--soft); }
    .detail p, .examples { position: sticky; left: 0; max-width: min(100%, calc(100vw - 2rem)); } .detail p { margin: 0; } .detail p span { margin-right: 1.1rem; } .detail .id { white-space: nowrap; }
    .examples { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.4rem; margin: .1rem 0 0; padding: 0; }
    .examples q { color: var(--ink); quotes: none; background: var(--panel); padding: 0 .3em; }
    .chart { margin: 1.2rem 0; } .chart figcaption { font-weight: 650; font-size: 1.02rem; } .chart .note { margin-top: .4rem; }
    .grid { stroke: var(--faint); } .axis { stroke: var(--soft); } .rule { stroke: var(--ink); stroke-dasharray: 3 3; }
    .tick { fill: var(--soft); font-size: 12px; } .rule-label { fill: var(--ink); font-size: 12.5px; }
    .wide { width: 40%; min-width: 8rem; vertical-align: middle; } .groups { max-width: 40rem; } .classes { max-width: 44rem; }
    .record { white-space: nowrap; } .evidence { min-width: 20rem; font-size: .84rem; }
    .ev { display: inline-block; margin-right: .9rem; } .ev b { font-weight: 600; } .ev.for b { color: var(--accent); } .ev.against b { color: var(--red); }
    .fields { columns: 19rem auto; column-gap: 2.2rem; margin-bottom: 1.2rem; }
    .levels { font-size: .84rem; break-inside: avoid; margin-bottom: .9rem; table-layout: fixed; } .levels th { width: 44%; } .levels .n { width: 3.4rem; } .levels .wide { width: auto; min-width: 0; } .levels caption { font-size: .93rem; padding-bottom: .1rem; border-bottom: 2px solid var(--ink); } .levels th, .levels td { padding-top: .14rem; padding-bottom: .14rem; border-bottom-color: var(--faint); }
    .for { fill: var(--accent); } .against { fill: var(--red); }
    .hash { overflow-wrap: anywhere; } .inputs .hash { max-width: 21rem; font-size: .72rem; }
    footer { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .84rem; }
    @media (max-width: 40rem) {
      body { padding: 0 1rem 2rem; font-size: 15.5px; } h1 { font-size: 1.6rem; } header { padding-top: 1.25rem; }
      .steps li { grid-template-columns: 1fr; gap: .1rem; } .steps .count { text-align: left; } .facts div { grid-template-columns: 1fr; gap: 0; }
      .checks thead { position: absolute; left: -99rem; } .checks, .checks tbody { display: block; }
      .checks tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .36rem 0; border-bottom: 1px solid var(--line); } .checks tr:has(+ .detail) { border-bottom: 0; padding-bottom: 0; } .checks tr.detail { padding-top: 0; }
      .checks tbody th, .checks .detail td { flex: 1 0 100%; min-width: 0; } .checks tbody th, .checks td { padding: 0; border-bottom: 0; }
      .checks td.n { text-align: left; } .checks td[data-column]::before { content: attr(data-column) " "; color: var(--soft); font-size: .8rem; }
      .checks .rate .now, .checks .rate small { display: inline; } .checks .rate > svg, .checks .rate .ci { display: none; } }
    @media print {
      @page { size: A4; margin: 16mm 15mm; }
      :root { --ink: #000; --soft: #444; --line: #bbb; --faint: #eee; --ground: #fff; --panel: #f4f4f4; --link: #000; --accent: #1f6f8b; --accent2: #5aa3b8; --accent3: #0e4457; --amber: #b45f06; --yellow: #8a6100; --red: #b3261e; --green: #2e7d4f;
        --s0: #1f6f8b; --s1: #c58b2a; --s2: #7a5c99; --s3: #4d8a57; --s4: #b0574f; --s5: #6b7680; }
      .colour.blue { color: #0b5394; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      body { max-width: none; padding: 0; font-size: 10pt; } header { padding-top: 0; } nav, .skip { display: none; }
      .scroll { overflow: visible; } section { padding-top: 1.2rem; } .scroll { background: none; } h2, h3, caption, .lead, thead, thead tr { break-after: avoid; } .detail, tbody tr:first-child, tbody tr:first-child + .detail { break-before: avoid; }
      tr, .steps li, figure, .check, .attention, .terms, .grades { break-inside: avoid; } tfoot { display: table-row-group; } thead { display: table-header-group; }
      h2 { break-inside: avoid; } h2::after, .scroll::before { content: ""; display: block; break-inside: avoid; height: 15rem; margin-bottom: -15rem; } .scroll::before { height: 8rem; margin-bottom: -8rem; }
      details::details-content { content-visibility: visible; height: auto; } summary { display: none; }
      .evidence { min-width: 0; } .rate { min-width: 3.6rem; } .score, .score thead th { font-size: 7.4pt; } .score th, .score td { padding-right: .35rem; } .score .rate small { font-size: 6.6pt; } .trends { grid-template-columns: repeat(4, 1fr); } svg.past { display: none; } .checks tbody th, .score tbody th { min-width: 0; } }
    """
