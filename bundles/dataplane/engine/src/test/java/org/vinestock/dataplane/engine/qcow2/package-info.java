/** Tests of qcow2: against an array of bytes, against QEMU, and against faults. */
package org.vinestock.dataplane.engine.qcow2;
