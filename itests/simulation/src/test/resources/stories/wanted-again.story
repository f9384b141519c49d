# Found once all had come to rest: a VM that was off and came to be wanted again was not started.
{"seed":172,"shape":{"zones":1,"racks":4,"hosts":4,"cores":10,"gibibytes":46,"disk":"18ms"},"broke":"settled"}
{"type":"Create","at":"1m41s851ms14ns","vm":"vm-8","millicores":5000,"memory":"7GiB","app":null}
{"type":"Freeze","at":"1m54s255ms16ns","on":true}
{"type":"Stop","at":"1m54s255ms18ns","vm":"vm-8"}
{"type":"Fail","at":"1m59s74ms18ns","target":"z1-r1-h01"}
{"type":"Cancel","at":"2m43s984ms21ns","before":0}
