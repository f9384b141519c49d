# Found by a decision that was there twice: its number was told before it was kept that it is given.
{"seed":4294,"shape":{"zones":1,"racks":1,"hosts":10,"cores":2,"gibibytes":54,"disk":"17ms"},"broke":"ledger"}
{"type":"Fail","at":"16s248ms1ns","target":"z1"}
{"type":"Create","at":"1m1s249ms3ns","vm":"vm-10","millicores":1000,"memory":"18GiB","app":"db"}
{"type":"Restart","at":"1m1s257ms3ns","down":"0s"}
{"type":"Create","at":"1m9s629ms4ns","vm":"vm-11","millicores":1000,"memory":"17GiB","app":"db"}
