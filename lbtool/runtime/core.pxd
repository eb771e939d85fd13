# The C half of the runtime (csrc/core.h) for native.py.
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t

cdef extern from "core.h" nogil:
    ctypedef struct lb_memory:
        uint8_t *base
        uint64_t size
        uint64_t max_pages
        uint64_t reserved
        uint64_t (*grow)(void *, uint64_t) noexcept nogil
        void *grow_data
    ctypedef struct lb_table:
        uint64_t *base
        uint64_t len
        uint64_t max
    ctypedef struct lb_vmctx
    ctypedef struct lb_instance
    ctypedef struct lb_store
    ctypedef struct lb_host
    ctypedef struct lb_funcref:
        const void *code
        lb_vmctx *context
        uint64_t type
        uint64_t zero
    ctypedef struct lb_segment:
        const void *items
        uint64_t len
    ctypedef struct lb_instance:
        lb_vmctx *context
        uint32_t n_memories
        uint32_t n_tables
        uint32_t n_datas
        uint32_t n_elems
        lb_memory **memories
        lb_table **tables
        lb_segment *datas
        lb_segment *elems
    ctypedef struct lb_vmctx:
        lb_store *store
        uint8_t *memory0
        lb_instance *instance
    ctypedef struct lb_image:
        uint64_t words[21]
        uint64_t *stack
        uint64_t n_stack
        uint64_t failed
    ctypedef void lb_callback(lb_host *, lb_image *) noexcept
    ctypedef struct lb_host:
        lb_store *store
        lb_callback *callback
        void *data
    ctypedef struct lb_trap:
        uint32_t code
        uint32_t signal
        uint64_t pc
        uint64_t address
        lb_vmctx *context
        uint32_t n_frames
        uint32_t more
        uint64_t frames[128]
        uint64_t registers[23]
    ctypedef struct lb_store:
        uint64_t owner
        uint64_t call_id
        uint64_t scope_id
        uint64_t cancelled
        uint64_t depth
        lb_trap trap
    ctypedef struct lb_module:
        uint8_t *start
        uint64_t size
        uint32_t n_funcs
        const uint32_t *func_start
        const uint32_t *frame_size
        const uint32_t *site_start
        const uint8_t *sites
        void *info
    ctypedef struct lb_layout:
        uint32_t n_imported_funcs
        uint32_t n_funcs
        uint32_t n_globals
        uint32_t n_memories
        uint32_t n_tables
        uint32_t n_types
        uint32_t n_datas
        uint32_t n_elems
        uint32_t func_imports
        uint32_t globals
        uint32_t memories
        uint32_t tables
        uint32_t types
        const int32_t *funcrefs
        const uint32_t *func_starts
    ctypedef struct lb_binding:
        const int32_t *index
        const uint8_t *kind
        const uint8_t *imported
        uint32_t n
    enum:
        LB_WORDS
        LB_INTS
        LB_FLOATS
        LB_INT_RESULTS
        LB_FLOAT_RESULTS
        LB_OK
        LB_TRAPPED
        LB_BUSY
        LB_NO_STACK
        LB_CANCELLED
        LB_PAGE
        LB_GENERATIONS
    const uint64_t LB_GUARDED_RESERVATION
    const uint64_t LB_ARENA_SIZE
    const char lb_host_stub[]
    uint8_t *lb_arena

    void lb_store_init(lb_store *store)
    void lb_store_clear(lb_store *store)
    int lb_store_add(lb_store *store, lb_vmctx *context)
    void lb_fill_head(lb_vmctx *head, lb_store *store)
    int lb_begin(lb_store *store)
    int lb_run(lb_store *store, lb_image *image, const void *code, lb_vmctx *context)
    void lb_end(lb_store *store)
    bint lb_is_elsewhere(const lb_store *store)
    bint lb_is_main_outermost(const lb_store *store)

    int lb_arena_open()
    int lb_cpu_features()
    int lb_code_writable(uint64_t offset, uint64_t size)
    int lb_code_seal(uint64_t offset, uint64_t size)
    int lb_code_release(uint64_t offset, uint64_t size)
    void lb_module_register(lb_module *module)
    void lb_module_forget(const lb_module *module)
    const lb_module *lb_module_of(uint64_t pc)
    int64_t lb_func_at(const lb_module *module, uint64_t pc)
    enum:
        LB_LONGEST_SITE
    uint64_t lb_pack_sites(uint8_t *to, const uint8_t *records, uint64_t n)
    int64_t lb_site_at(const lb_module *module, uint64_t pc, int access)
    ctypedef struct lb_piece:
        const uint8_t *code
        const uint8_t *relocs
        const uint8_t *sites
        uint32_t n_code
        uint32_t frame_size
        uint32_t n_relocs
        uint32_t n_sites
        lb_binding binding
    ctypedef struct lb_wrong:
        uint32_t function
        uint32_t relocation
    lb_wrong lb_write(uint8_t *module, uint64_t room, const lb_piece *pieces,
                      const lb_layout *layout)

    int lb_tables_hold(uint64_t size, uint32_t n_funcs, const uint32_t *starts,
                       const uint32_t *frames, const uint32_t *site_starts)

    int64_t lb_fault_offset(const lb_store *store)

    int lb_memory_open(lb_memory *memory, uint64_t pages, uint64_t max_pages,
                       uint64_t reserve)
    void lb_memory_close(lb_memory *memory)
    uint64_t lb_memory_grow(lb_memory *memory, uint64_t delta)
    int lb_table_open(lb_table *table, uint64_t len, uint64_t max, uint64_t value)
    void lb_table_close(lb_table *table)
    uint64_t lb_table_grow(lb_table *table, uint64_t delta, uint64_t value)
    uint64_t lb_init_elem(lb_table *table, uint64_t dst, const lb_segment *elem,
                          uint64_t src, uint64_t len)
    ctypedef struct lb_data:
        uint32_t offset
        uint32_t start
        uint32_t end
        uint32_t how
    int lb_datas_fit_module(const lb_data *d, uint64_t n, uint64_t size,
                            uint32_t n_memories, uint32_t n_globals)
    void lb_load_datas(lb_instance *instance, const lb_data *d, uint64_t n,
                       const uint8_t *module)
    int lb_datas_fit(const lb_instance *instance, const lb_data *d, uint64_t n,
                     const uint64_t *globals)
    bint lb_datas_active(const lb_data *d, uint64_t n)
    int64_t lb_run_datas(lb_instance *instance, const lb_data *d, uint64_t n,
                         const uint64_t *globals, int fd)

    uint64_t lb_signal_handler(int signal)
    bint lb_on_top()
    int lb_keep_action(int signal, int restore)
    int lb_generation_of(uint64_t handler)
    int lb_install(int signal, int generation)
    int lb_install_before(int signal, int generation, int other)

    int lb_watch_start()
    bint lb_watch_runs()
    void lb_watch_main(lb_store *store)
    void lb_watch_main_over()
    int lb_watch_arm(lb_store *store, uint64_t id, int64_t nanoseconds)
    uint64_t lb_scope_open(lb_store *store)
    void lb_scope_close(lb_store *store, uint64_t id)

cdef extern from "dlfcn.h" nogil:
    ctypedef struct Dl_info:
        const char *dli_fname
    int dladdr(const void *address, Dl_info *info)
