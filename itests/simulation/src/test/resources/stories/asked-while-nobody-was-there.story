# Found by a restart that nobody approved: what asked in vain, since placement was away, was taken for begun.
{"seed":6719,"shape":{"zones":2,"racks":3,"hosts":11,"cores":16,"gibibytes":25,"disk":"10ms"},"broke":"modes"}
{"type":"Create","at":"2s31ms","vm":"vm-0","millicores":5000,"memory":"8GiB","app":null}
{"type":"Maintenance","at":"2s31ms","host":"z1-r1-h03","on":true}
{"type":"SetMode","at":"2s496ms","mode":"ADVISE"}
{"type":"Create","at":"21s94ms4ns","vm":"vm-6","millicores":5000,"memory":"25GiB","app":null}
{"type":"Create","at":"21s94ms5ns","vm":"vm-7","millicores":1000,"memory":"12GiB","app":"db"}
{"type":"Create","at":"1m6s616ms10ns","vm":"vm-8","millicores":16000,"memory":"10GiB","app":"web"}
{"type":"Create","at":"1m11s616ms10ns","vm":"vm-16","millicores":1000,"memory":"7GiB","app":"batch"}
{"type":"Cut","at":"1m19s139ms10ns","target":"z1-r2-h05","lasts":"21s381ms"}
{"type":"Leave","at":"1m39s782ms13ns","area":"placement","away":"18s604ms"}
{"type":"SetMode","at":"1m40s600ms14ns","mode":"ACT"}
{"type":"SetMode","at":"1m45s730ms15ns","mode":"ADVISE"}
