// The sections of the bench, in the order of its table.
import type { Section } from '../section.ts'
import { flatSection } from './flat.ts'
import { intakeSection } from './intake.ts'
import { pipelineSection } from './pipeline.ts'

export const SECTIONS: readonly Section[] = [intakeSection, pipelineSection, flatSection]
