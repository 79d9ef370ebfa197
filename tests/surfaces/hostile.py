"""nothing -> strings that try to become markup, script, styles, links or terminal commands."""

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "` onmouseover=alert(1) `",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<!--", "<![CDATA[", "<?php echo 1 ?>", "<plaintext>", "</title>", "</textarea>", "</noscript>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<meta http-equiv=refresh content='0;url=http://example.org/'>",
    "<base href=http://example.org/>", "<link rel=stylesheet href=//example.org/x.css>",
    "<math><mi xlink:href='javascript:alert(1)'>", "<a href=jAvAsCrIpT:alert(1)>x</a>",
    "&lt;script&gt;", "&#60;script&#62;", "&amp;", "%3Cscript%3E", "\\u003cscript\\u003e",
    "${alert(1)}", "{{7*7}}", "{% raw %}", "$title", "[link](javascript:alert(1))", "[bold red]x[/]",
    "\x00<script>", "\x1b]0;title\x07", "\x1b[2J", "\x9b2J", "\u202egnp.exe", "\u2066x", "\ud800", "\ufffe",
    "=cmd|' /C calc'!A0", "url(http://example.org/x)", "@import 'http://example.org/x.css';", "a\u2028b", "x" * 5000,
)  # fmt: skip
