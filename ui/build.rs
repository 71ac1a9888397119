//! Compiles the screens; fonts and pictures go into the program as the files they are.

fn main() -> Result<(), slint_build::CompileError> {
    let configuration = slint_build::CompilerConfiguration::new()
        .with_style("fluent".into())
        .embed_resources(slint_build::EmbedResourcesKind::EmbedFiles)
        // Tests and tours find controls by their labels, which needs the names of elements.
        .with_debug_info(true);
    slint_build::compile_with_config("lodge.slint", configuration)
}
