#!/bin/sh
exec qemu-system-x86_64 -name store -machine pc,nvdimm=on \
  -m 4G,slots=2,maxmem=7G \
  -object memory-backend-file,id=mem0,size=4G,mem-path=/mnt/pmem/store.img,share=on,align=2M \
  -device nvdimm,id=nv0,memdev=mem0,label-size=128K \
  -nographic
