# Found once all had come to rest: a start was cut off and could not be taken back, and nothing stopped the VM.
{"seed":5654,"shape":{"zones":2,"racks":2,"hosts":11,"cores":12,"gibibytes":21,"disk":"24ms"},"broke":"settled"}
{"type":"Maintenance","at":"1s1ns","host":"z1-r1-h01","on":true}
{"type":"Create","at":"3s723ms2ns","vm":"vm-1","millicores":3000,"memory":"9GiB","app":"batch"}
{"type":"Create","at":"1m4s17ms6ns","vm":"vm-4","millicores":1,"memory":"1B","app":null}
{"type":"Create","at":"1m16s17ms6ns","vm":"vm-13","millicores":2000,"memory":"1B","app":"db"}
{"type":"Create","at":"1m17s939ms7ns","vm":"vm-16","millicores":2000,"memory":"3GiB","app":"db"}
{"type":"Stop","at":"1m28s585ms9ns","vm":"vm-4"}
{"type":"Weather","at":"1m31s885ms9ns","target":"z1-r1","lasts":"3s399ms","slow":"954ms","lostPercent":0,"doubledPercent":0}
{"type":"Weather","at":"2m6s636ms12ns","target":"z1","lasts":"24s103ms","slow":"44ms","lostPercent":12,"doubledPercent":0}
{"type":"Delete","at":"2m6s646ms12ns","vm":"vm-16"}
{"type":"Create","at":"2m8s167ms13ns","vm":"vm-28","millicores":1,"memory":"1GiB","app":"web"}
{"type":"Start","at":"2m11s167ms14ns","vm":"vm-4"}
{"type":"Start","at":"2m11s880ms14ns","vm":"vm-13"}
{"type":"Delete","at":"2m14s407ms14ns","vm":"vm-24"}
