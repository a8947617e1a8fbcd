// Opens what scripts bring, in browsers that cannot by themselves: see `opened` in site.js, which fetches it there.
import { unzlibSync } from "fflate";
/*! Inflating: fflate, MIT, (c) Arjun Barrett. */
window.inflate = unzlibSync;
