/** What tests of several packages need. */
package org.vinestock.dataplane.engine;
